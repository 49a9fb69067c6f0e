// What makes plain pages pleasant. Every page works without it.
"use strict";

(() => {
  const texts = document.getElementById("texts")?.dataset ?? {};
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // ---- errors: the summary is read first, and its links put the cursor into the field ----------
  const focusSummary = () => {
    const summary = document.querySelector("[data-error-summary]");
    if (!summary) return;
    const prefix = texts.errorPrefix;
    if (prefix && !document.title.startsWith(prefix)) document.title = `${prefix} ${document.title}`;
    summary.focus();
    for (const link of all('a[href^="#"]', summary)) {
      link.addEventListener("click", (event) => {
        const field = document.getElementById(link.hash.slice(1));
        if (!field) return;
        event.preventDefault();
        (field.closest(".field, .upload") ?? field).scrollIntoView({ block: "start" });
        const target = field.hidden ? field.closest(".upload")?.querySelector("[data-upload-pick]") : field;
        (target ?? field).focus({ preventScroll: true });
      });
    }
  };

  // ---- passwords: show and hide -----------------------------------------------------------------
  const addPasswordToggles = () => {
    for (const frame of all("[data-password]")) {
      const input = frame.querySelector("input");
      const toggle = frame.querySelector("[data-password-toggle]");
      toggle.hidden = false;
      const set = (isShown) => {
        input.type = isShown ? "text" : "password";
        toggle.setAttribute("aria-pressed", String(isShown));
        toggle.textContent = isShown ? toggle.dataset.hide : toggle.dataset.show;
      };
      toggle.addEventListener("click", () => set(input.type === "password"));
      // A password manager and the browser's own memory want a password field.
      input.form?.addEventListener("submit", () => set(false));
    }
  };

  // ---- a second click is harmless on the server; here it simply does nothing --------------------
  const markSubmitting = (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.isSending) {
      event.preventDefault();
      return;
    }
    form.dataset.isSending = "1";
    event.submitter?.setAttribute("aria-disabled", "true");
  };
  const unmarkSubmitting = () => {
    for (const form of all("form[data-is-sending]")) delete form.dataset.isSending;
    for (const button of all('button[aria-disabled="true"]')) button.removeAttribute("aria-disabled");
  };

  // ---- characters left: counted as a reader counts them, so a rare character is one -------------
  const length = (value) => [...value.replace(/\r\n/g, "\n")].length;
  const addCounts = () => {
    for (const area of all("textarea[data-count-max]")) {
      const words = document.querySelector(`[data-count-for="${CSS.escape(area.id)}"]`);
      const most = Number(area.dataset.countMax);
      const count = () => {
        const left = most - length(area.value);
        words.textContent = (left < 0 ? words.dataset.over : words.dataset.left).replace("{count}", Math.abs(left));
        words.classList.toggle("is-over", left < 0);
      };
      area.addEventListener("input", count);
      count();
    }
  };

  // ---- copy a reference ---------------------------------------------------------------------------
  const addCopyButtons = () => {
    if (!navigator.clipboard) return;
    for (const button of all("[data-copy]")) {
      button.hidden = false;
      const name = button.getAttribute("aria-label");
      const drawing = button.firstElementChild;
      button.addEventListener("click", async () => {
        try {
          await navigator.clipboard.writeText(button.dataset.copy);
        } catch {
          return;
        }
        button.setAttribute("aria-label", button.dataset.copied);
        button.replaceChildren(document.createTextNode("✓"));
        setTimeout(() => {
          button.setAttribute("aria-label", name);
          button.replaceChildren(drawing);
        }, 1600);
      });
    }
  };

  // ---- confirm in place: "no" closes it, Escape too ------------------------------------------------
  const addConfirms = () => {
    for (const details of all("[data-confirm]")) {
      const close = () => {
        details.open = false;
        details.querySelector("summary").focus();
      };
      const no = details.querySelector("[data-confirm-close]");
      no.hidden = false;
      no.addEventListener("click", close);
      details.addEventListener("keydown", (event) => {
        if (event.key === "Escape" && details.open) close();
      });
    }
  };

  // ---- offline ---------------------------------------------------------------------------------------
  const showNetwork = () => {
    const words = document.querySelector("[data-offline-text]");
    if (words) words.hidden = navigator.onLine;
  };

  focusSummary();
  addPasswordToggles();
  addCounts();
  addCopyButtons();
  addConfirms();
  showNetwork();
  document.addEventListener("submit", markSubmitting);
  window.addEventListener("pageshow", unmarkSubmitting);
  window.addEventListener("online", showNetwork);
  window.addEventListener("offline", showNetwork);
  // Hidden navigation entries scroll: the current one is brought into view.
  document.querySelector(".site-nav [aria-current], .side-nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
})();
