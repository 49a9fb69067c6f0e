// The desk by keyboard: / search, j and k rows, e evidence, ? the list of keys. Single keys can be switched off.
"use strict";

(() => {
  const KEPT_AS = "desk-keys-off";
  const list = document.querySelector("[data-keys]");
  const toggle = document.querySelector("[data-keys-on]");

  const isOff = () => {
    try {
      return localStorage.getItem(KEPT_AS) === "1";
    } catch {
      return false;
    }
  };
  const remember = (off) => {
    try {
      if (off) localStorage.setItem(KEPT_AS, "1");
      else localStorage.removeItem(KEPT_AS);
    } catch {
      // Private windows keep nothing: the switch then lasts for this page.
    }
  };

  const isTyping = (target) =>
    target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && !/^(checkbox|radio|button|submit)$/.test(target.type);

  const rowLinks = () =>
    [...document.querySelectorAll("tr[data-row], li[data-row]")].map((row) => row.querySelector("a[href], button")).filter(Boolean);

  const moveRow = (step) => {
    const links = rowLinks();
    if (!links.length) return;
    const here = links.findIndex((link) => link.closest("[data-row]").contains(document.activeElement));
    const there = here === -1 ? (step > 0 ? 0 : links.length - 1) : Math.min(Math.max(here + step, 0), links.length - 1);
    links[there].focus();
    links[there].closest("[data-row]").scrollIntoView({ block: "nearest" });
  };

  const focusSearch = () => {
    const search = document.querySelector("[data-search]");
    search?.focus();
    search?.select();
  };

  const focusEvidence = () => {
    const evidence = document.getElementById("evidence");
    if (!evidence) return;
    if (!evidence.hasAttribute("tabindex")) evidence.tabIndex = -1;
    evidence.scrollIntoView({ block: "start" });
    evidence.focus({ preventScroll: true });
  };

  const showKeys = () => {
    list.open = !list.open;
    if (list.open) list.querySelector("summary").focus();
  };

  const KEYS = { "/": focusSearch, j: () => moveRow(1), k: () => moveRow(-1), e: focusEvidence, "?": showKeys };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.matches?.("[data-search]")) event.target.blur();
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !toggle.checked || isTyping(event.target)) return;
    const act = KEYS[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  toggle.checked = !isOff();
  toggle.addEventListener("change", () => remember(!toggle.checked));
})();
