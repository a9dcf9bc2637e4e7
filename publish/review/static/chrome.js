// Language and colours: as the browser asks, or as a person chose here before.

function remembered(name) {
  try {
    return localStorage.getItem(`nianbao.${name}`);
  } catch {
    return null; // a page from disk may have no storage
  }
}

// Whether the browser keeps it; where it does not, it lasts as long as the page.
function remember(name, value) {
  try {
    localStorage.setItem(`nianbao.${name}`, value);
    return true;
  } catch {
    return false;
  }
}

function chooseLanguage(wanted) {
  remember("language", wanted);
  speak(wanted);
}

function chooseTheme(theme) {
  document.documentElement.dataset.theme = theme;
  remember("theme", theme);
}

function isDark() {
  const { theme } = document.documentElement.dataset;
  return theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

const otherLanguage = () => chooseLanguage(language === CHINESE ? ENGLISH : CHINESE);
const otherTheme = () => chooseTheme(isDark() ? "light" : "dark");

function startChrome() {
  const theme = remembered("theme");
  if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
  $("theme").addEventListener("click", otherTheme);
  $("language").addEventListener("click", otherLanguage);
  const chosen = remembered("language");
  speak(chosen === null ? (navigator.language.toLowerCase().startsWith("zh") ? CHINESE : ENGLISH) : Number(chosen) === ENGLISH ? ENGLISH : CHINESE);
}

// Arrow keys, Home and End move along a row of tabs; the chosen one alone can be reached with Tab.
function tabs(list, choose) {
  const all = () => [...list.querySelectorAll('[role="tab"]')];
  list.addEventListener("click", (event) => {
    const tab = event.target.closest('[role="tab"]');
    if (tab) choose(tab);
  });
  list.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const each = all();
    const at = each.indexOf(document.activeElement);
    const next = event.key === "Home" ? 0 : event.key === "End" ? each.length - 1 : step && (at + step + each.length) % each.length;
    if (next === undefined || at < 0) return;
    event.preventDefault();
    choose(each[next]);
    each[next].focus();
  });
}

function markTab(list, chosen) {
  for (const tab of list.querySelectorAll('[role="tab"]')) {
    tab.setAttribute("aria-selected", tab === chosen);
    tab.tabIndex = tab === chosen ? 0 : -1;
  }
}
