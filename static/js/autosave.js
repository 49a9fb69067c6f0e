// Saves a step as it is typed: <form data-autosave="URL">. The contract is in docs/templates.md.
"use strict";

(() => {
  const texts = document.getElementById("texts")?.dataset ?? {};
  const PAUSE_MS = 2000;
  const RETRY_MS = [3000, 10000, 30000];
  const TIMEOUT_MS = 15000;

  const newFormId = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  const clockTime = (moment) =>
    new Intl.DateTimeFormat("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Shanghai" }).format(moment);

  class Draft {
    constructor(form) {
      this.form = form;
      this.words = form.querySelector("[data-autosave-status]");
      this.timer = 0;
      this.tries = 0;
      this.flight = null;
      this.isStopped = false;
      this.saved = this.values();
      form.addEventListener("input", () => this.later(PAUSE_MS));
      form.addEventListener("change", () => this.later(200));
      form.addEventListener("focusout", () => this.later(200));
      form.addEventListener("submit", (event) => this.letGo(event));
      window.addEventListener("online", () => this.later(0));
      window.addEventListener("pageshow", (event) => {
        if (event.persisted) this.isStopped = false;
      });
      window.addEventListener("beforeunload", (event) => {
        if (!this.isStopped && this.isUnsaved()) event.preventDefault();
      });
      document.addEventListener("visibilitychange", () => {
        if (document.visibilityState === "hidden") this.save(true);
      });
    }

    data() {
      const data = new FormData(this.form);
      for (const [name, value] of [...data]) {
        if (value instanceof File) data.delete(name);
      }
      return data;
    }

    // What was typed, without the hidden fields that a save itself may change.
    values() {
      const data = this.data();
      for (const hidden of this.form.querySelectorAll('input[type="hidden"]')) data.delete(hidden.name);
      return new URLSearchParams(data).toString();
    }

    isUnsaved() {
      return this.values() !== this.saved;
    }

    say(text, isUnsaved) {
      if (!this.words) return;
      this.words.hidden = false;
      this.words.textContent = text;
      this.words.classList.toggle("is-unsaved", isUnsaved);
    }

    later(pause) {
      if (this.isStopped || !this.isUnsaved()) return;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), pause);
    }

    stop() {
      this.isStopped = true;
      clearTimeout(this.timer);
    }

    // A save under way may raise the draft's version: the real submit waits for it and takes the new one along.
    letGo(event) {
      this.stop();
      if (!this.flight) return;
      event.preventDefault();
      this.flight.then(() => this.form.requestSubmit(event.submitter));
    }

    save(isLeaving = false) {
      if (this.flight || this.isStopped || !this.isUnsaved()) return;
      const values = this.values();
      this.flight = this.send(isLeaving)
        .then((answer) => this.take(answer, values))
        .catch(() => this.retry(navigator.onLine ? texts.failed : texts.unsaved))
        .finally(() => {
          this.flight = null;
          if (values !== this.values() && !this.tries) this.later(PAUSE_MS);
        });
    }

    async send(isLeaving) {
      const body = this.data();
      const id = newFormId();
      body.set("form_id", id);
      const answer = await fetch(this.form.dataset.autosave, {
        method: "POST",
        body,
        credentials: "same-origin",
        redirect: "manual",
        // Browsers allow a request that outlives its page 64 KB; a page that stays needs no such limit.
        keepalive: isLeaving,
        signal: AbortSignal.timeout?.(TIMEOUT_MS),
        headers: { "Accept": "application/json", "X-Autosave": "1", "X-Form-Id": id, "X-CSRFToken": body.get("csrf_token") ?? "" },
      });
      const isJson = (answer.headers.get("Content-Type") ?? "").includes("json");
      return { status: answer.type === "opaqueredirect" ? 401 : answer.status, body: isJson ? await answer.json() : {} };
    }

    take({ status, body }, values) {
      if (status >= 200 && status < 300) {
        this.saved = values;
        this.tries = 0;
        this.refresh(body.fields ?? {});
        const time = clockTime(body.saved_at ? new Date(body.saved_at) : new Date());
        this.say((texts.saved ?? "{time}").replace("{time}", time), false);
      } else if (status === 409) {
        this.stop();
        this.say(body.message ?? texts.stale, true);
      } else if (status === 401 || status === 403) {
        this.retry(texts.signedOut);
      } else {
        this.retry(texts.failed);
      }
    }

    refresh(fields) {
      for (const [name, value] of Object.entries(fields)) {
        const input = this.form.querySelector(`input[type="hidden"][name="${CSS.escape(name)}"]`);
        if (input) input.value = value;
      }
    }

    retry(text) {
      if (this.isStopped) return;
      this.say(text, true);
      const pause = RETRY_MS[Math.min(this.tries, RETRY_MS.length - 1)];
      this.tries += 1;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), pause);
    }
  }

  for (const form of document.querySelectorAll("form[data-autosave]")) new Draft(form);
})();
