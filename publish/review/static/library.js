// The page of a library is whole as it is written; the script only speaks the other language and changes the colours.

startChrome();
