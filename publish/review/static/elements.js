// Elements made without markup: what a report says can only ever become text.

const $ = (id) => document.getElementById(id);
const data = JSON.parse($("data").textContent);

function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

// characters that a reader cannot see and that can turn a line round or hide a part of it
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/u;

// Return the text as nodes; each unseen character stands alone in an element that shows its number and ends its effect.
function visible(text) {
  if (!UNSEEN.test(text)) return [document.createTextNode(text)];
  const nodes = [];
  let plain = "";
  for (const char of text) {
    if (UNSEEN.test(char)) {
      if (plain) nodes.push(document.createTextNode(plain));
      plain = "";
      const code = char.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
      nodes.push(el("bdi", { class: "unseen", "data-code": `U+${code}` }, char));
    } else plain += char;
  }
  if (plain) nodes.push(document.createTextNode(plain));
  return nodes;
}

// Words of a report inside of the page's own: isolated, so that their direction stays theirs.
const quote = (text, attributes) => el("bdi", attributes, ...visible(text));

// 1086000 → 1 086 000, with thin spaces, from five digits on; other texts as they are.
function grouped(number) {
  const parts = /^(-?)(\d{5,})(\.\d+)?$/.exec(number);
  if (!parts) return number;
  return parts[1] + parts[2].replace(/\B(?=(\d{3})+$)/g, "\u2009") + (parts[3] ?? "");
}
