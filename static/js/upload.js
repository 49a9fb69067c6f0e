// Many files for one item: drop, camera, one request a file, progress, retry. The contract is in docs/templates.md.
"use strict";

(() => {
  const RETRY_MS = [2000, 6000, 15000, 30000];
  const uploads = [];

  const newFormId = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  const readable = (size) => {
    if (size < 1024) return `${size} B`;
    return size < 1048576 ? `${Math.round(size / 1024)} KB` : `${(size / 1048576).toFixed(1)} MB`;
  };

  const isAccepted = (file, accept) => {
    const rules = accept.split(",").map((rule) => rule.trim().toLowerCase()).filter(Boolean);
    const name = file.name.toLowerCase();
    return !rules.length || rules.some((rule) =>
      rule.startsWith(".") ? name.endsWith(rule) : rule.endsWith("/*") ? file.type.startsWith(rule.slice(0, -1)) : file.type === rule);
  };

  // One file on its way.
  class Row {
    constructor(upload, file) {
      this.upload = upload;
      this.file = file;
      this.tries = 0;
      // The same id for every try of this file: a try that did arrive is answered as such.
      this.formId = newFormId();
      this.element = upload.rowTemplate.content.firstElementChild.cloneNode(true);
      this.find(".file-name").textContent = file.name;
      this.find(".file-meta").textContent = readable(file.size);
      this.find(".file-progress").setAttribute("aria-label", file.name);
      this.find("[data-row-retry]").addEventListener("click", () => upload.again(this));
      this.find("[data-row-cancel]").addEventListener("click", () => upload.drop(this));
      this.set("waiting", upload.texts.textWaiting);
    }

    find(selector) {
      return this.element.querySelector(selector);
    }

    set(state, word, message = "") {
      this.state = state;
      this.find("[data-row-state]").textContent = word;
      this.find("[data-row-state]").hidden = !word;
      this.find(".file-message").textContent = message;
      this.find(".file-progress").hidden = state === "failed";
      this.find("[data-row-retry]").hidden = !["failed", "lost"].includes(state) || this.isHopeless === true;
      this.element.classList.toggle("is-lost", state === "lost");
    }

    refuse(message) {
      this.isHopeless = true;
      this.set("failed", "", message);
    }
  }

  class Upload {
    constructor(root) {
      this.root = root;
      this.texts = root.dataset;
      this.form = root.querySelector("form.upload-form");
      this.input = root.querySelector('input[type="file"]');
      this.list = root.querySelector("[data-files]");
      this.says = root.querySelector("[data-upload-says]");
      this.rowTemplate = root.querySelector("[data-upload-row]");
      this.doneTemplate = root.querySelector("[data-upload-done]");
      this.queue = [];
      this.current = null;
      this.showButtons();
      this.listen();
    }

    showButtons() {
      this.input.hidden = true;
      this.root.querySelector("[data-upload-send]").hidden = true;
      this.root.querySelector("[data-upload-choose]").hidden = false;
      this.root.querySelector("[data-upload-pick]").addEventListener("click", () => this.pick(false));
      this.root.querySelector("[data-upload-camera]")?.addEventListener("click", () => this.pick(true));
    }

    // The file field itself stays what a link of the error summary points at.
    pick(withCamera) {
      if (withCamera) {
        this.input.setAttribute("capture", "environment");
        this.input.accept = "image/*";
      } else {
        this.input.removeAttribute("capture");
        this.input.accept = this.texts.accept;
      }
      this.input.click();
    }

    listen() {
      this.input.addEventListener("change", () => {
        this.add([...this.input.files]);
        this.input.value = "";
      });
      const zone = this.root.querySelector("[data-upload-drop]");
      const hover = (isOver) => (event) => {
        event.preventDefault();
        zone.classList.toggle("is-over", isOver);
      };
      zone.addEventListener("dragover", hover(true));
      zone.addEventListener("dragleave", hover(false));
      zone.addEventListener("drop", (event) => {
        hover(false)(event);
        this.add([...event.dataTransfer.files]);
      });
      window.addEventListener("online", () => this.wake());
    }

    add(files) {
      for (const file of files) {
        const row = new Row(this, file);
        this.list.append(row.element);
        const problem = this.problemOf(file);
        if (problem) row.refuse(problem);
        else this.queue.push(row);
      }
      this.next();
    }

    problemOf(file) {
      if (file.size === 0) return this.texts.textEmpty;
      if (file.size > Number(this.texts.maxBytes)) return this.texts.textLarge;
      if (!isAccepted(file, `${this.texts.accept},${this.input.accept}`)) return this.texts.textKind;
      const held = this.list.querySelectorAll(".file-row:not(.is-sending)").length + this.queue.length;
      return held >= Number(this.texts.maxFiles) ? this.texts.textMany : "";
    }

    // One at a time: phones on a weak network finish one file rather than losing five.
    next() {
      if (this.current) return;
      const row = this.queue.find((each) => each.state === "waiting");
      if (!row) return;
      this.current = row;
      this.send(row);
    }

    send(row) {
      row.set("sending", this.texts.textSending);
      const body = new FormData(this.form);
      body.delete(this.input.name);
      body.set("form_id", row.formId);
      body.append(this.input.name, row.file, row.file.name);
      const request = new XMLHttpRequest();
      row.request = request;
      request.open("POST", this.form.action);
      request.setRequestHeader("Accept", "application/json");
      request.setRequestHeader("X-CSRFToken", body.get("csrf_token") ?? "");
      request.setRequestHeader("X-Form-Id", row.formId);
      request.timeout = 300000;
      request.upload.addEventListener("progress", (event) => {
        if (event.lengthComputable) row.find(".file-progress").value = (100 * event.loaded) / event.total;
      });
      request.addEventListener("load", () => this.take(row, request));
      request.addEventListener("error", () => this.lose(row));
      request.addEventListener("timeout", () => this.lose(row));
      request.send(body);
    }

    take(row, request) {
      let answer = null;
      try {
        answer = JSON.parse(request.responseText);
      } catch {
        answer = null;
      }
      if (request.status >= 500) return this.lose(row);
      if (answer === null || answer.repeated || request.status === 401) return this.reload(row, request, answer);
      if (request.status >= 200 && request.status < 300 && answer.file) this.finish(row, answer.file);
      else this.refuse(row, answer.message);
      return this.go(row);
    }

    // Not our answer: the file arrived before (read the page again), or nobody is signed in any more.
    reload(row, request, answer) {
      if (answer?.repeated || (answer === null && request.status < 300 && !request.responseURL.includes("/sign-in"))) {
        this.needsReload = true;
        this.remove(row);
      } else {
        row.set("failed", "", this.texts.textSignedOut);
      }
      this.go(row);
    }

    finish(row, file) {
      const done = this.doneTemplate.content.firstElementChild.cloneNode(true);
      const name = done.querySelector(".file-name");
      if (file.preview_href) {
        const link = document.createElement("a");
        link.href = file.preview_href;
        link.textContent = file.name ?? row.file.name;
        name.append(link);
      } else {
        name.textContent = file.name ?? row.file.name;
      }
      done.querySelector(".file-meta").textContent = readable(file.size ?? row.file.size);
      done.querySelector("[data-row-name]").textContent = ` ${row.file.name}`;
      const state = ["clean", "infected", "unavailable"].includes(file.scan_state) ? file.scan_state : "waiting";
      for (const word of done.querySelectorAll("[data-scan]")) {
        if (word.dataset.scan !== state) word.remove();
      }
      const removal = done.querySelector("[data-file-remove]");
      if (file.remove_href) {
        removal.action = file.remove_href;
        const id = removal.querySelector('input[name="form_id"]');
        if (id) id.value = newFormId();
      } else {
        removal.remove();
      }
      if (file.id) done.dataset.file = file.id;
      row.element.replaceWith(done);
      this.forget(row);
      this.says.textContent = this.texts.textDone.replace("{name}", row.file.name);
    }

    refuse(row, message) {
      row.formId = newFormId();
      row.set("failed", "", message || this.texts.textFailed);
      this.says.textContent = `${row.file.name}: ${row.find(".file-message").textContent}`;
    }

    lose(row) {
      row.set("lost", this.texts.textWaiting, this.texts.textLost);
      const pause = RETRY_MS[Math.min(row.tries, RETRY_MS.length - 1)];
      row.tries += 1;
      row.timer = setTimeout(() => this.again(row), pause);
      this.go(row);
    }

    again(row) {
      clearTimeout(row.timer);
      if (!["lost", "failed"].includes(row.state)) return;
      row.find(".file-progress").value = 0;
      row.set("waiting", this.texts.textWaiting);
      if (!this.queue.includes(row)) this.queue.push(row);
      this.next();
    }

    wake() {
      for (const row of this.queue) {
        if (row.state === "lost") this.again(row);
      }
    }

    drop(row) {
      clearTimeout(row.timer);
      row.request?.abort();
      this.remove(row);
      this.go(row);
      this.root.querySelector("[data-upload-pick]").focus();
    }

    remove(row) {
      row.element.remove();
      this.forget(row);
    }

    forget(row) {
      this.queue = this.queue.filter((each) => each !== row);
    }

    go(row) {
      if (this.current === row) this.current = null;
      this.next();
      if (this.needsReload && !this.isBusy()) window.location.reload();
    }

    isBusy() {
      return this.queue.some((row) => ["waiting", "sending", "lost"].includes(row.state));
    }
  }

  for (const root of document.querySelectorAll("[data-upload]")) uploads.push(new Upload(root));
  window.addEventListener("beforeunload", (event) => {
    if (uploads.some((upload) => upload.isBusy())) event.preventDefault();
  });
})();
