// The hall on the screen: booths drawn, filled, moved, resized, by pointer and by keys.
// The page works without it: tables and forms do the same.
"use strict";

(() => {
  const editor = document.querySelector("[data-hall-editor]");
  const field = document.querySelector("[data-hall-drawing]");
  const grid = window.hallGrid;
  if (!editor || !field || !grid) return;

  const CELL = 32;
  const words = editor.dataset;
  const svg = editor.querySelector("svg.hall-plan");
  const layer = svg.querySelector("[data-hall-booths]");
  const find = (name) => document.querySelector(`[data-hall-${name}]`);
  const [status, side, panel, none, unsaved] = ["status", "side", "booth", "none", "unsaved"].map(find);
  const [removeButton, undoButton] = ["delete", "undo"].map(find);
  const hall = JSON.parse(field.value);
  const given = JSON.parse(field.dataset.given);
  const inUse = new Set(hall.booths.filter((booth) => booth.id && given[booth.number]).map((booth) => booth.id));
  const inputs = [...document.querySelectorAll("[data-of]")];
  let tool = "choose";
  let chosen = null;
  let drag = null;
  let isLeaving = false;
  const past = [];
  const saved = JSON.stringify(hall);

  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? "");
  const clamp = (value, least, most) => Math.min(Math.max(value, least), most);
  const make = (name, attributes = {}, parent = null) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    parent?.append(node);
    return node;
  };

  // ---- remembering and saying --------------------------------------------------------------------
  const remember = () => {
    past.push(JSON.stringify(hall));
    if (past.length > 100) past.shift();
    undoButton.disabled = false;
  };
  const undo = () => {
    const before = past.pop();
    if (!before) return;
    Object.assign(hall, JSON.parse(before));
    chosen = null;
    undoButton.disabled = past.length === 0;
    render();
  };
  const say = (text, isWrong = false) => {
    status.textContent = text;
    status.classList.toggle("is-wrong", isWrong);
  };
  const describe = (booth) =>
    [
      fill(words.chosen, {
        number: booth.number, zone: booth.zone, column: booth.column + 1, row: booth.row + 1,
        width: booth.width, height: booth.height, size: booth.size_m2, power: booth.power_w,
      }),
      booth.is_near_entrance && words.near, booth.is_blocked && words.blocked, given[booth.number],
    ].filter(Boolean).join(", ");
  const judge = () => {
    const flaw = grid.flawOf(hall);
    for (const node of layer.querySelectorAll(".is-wrong")) node.classList.remove("is-wrong");
    if (flaw) {
      for (const booth of flaw.booths) nodeOf(booth)?.classList.add("is-wrong");
      say(fill(words[flaw.kind], { a: flaw.booths[0].number, b: flaw.booths[1]?.number }), true);
    } else if (chosen) {
      say(describe(chosen));
    } else {
      const cells = hall.booths.reduce((sum, booth) => sum + booth.width * booth.height, 0);
      say(fill(words.sound, { count: hall.booths.length, cells }));
    }
  };

  // ---- drawing -----------------------------------------------------------------------------------
  const nodeOf = (booth) => layer.children[hall.booths.indexOf(booth)];
  const drawBooth = (booth) => {
    const kinds = [
      ["is-given", given[booth.number]], ["is-near", booth.is_near_entrance],
      ["is-blocked", booth.is_blocked], ["is-chosen", booth === chosen],
    ];
    const node = make("g", {
      class: ["hall-booth", ...kinds.filter(([, isSo]) => isSo).map(([name]) => name)].join(" "),
      transform: `translate(${booth.column * CELL} ${booth.row * CELL})`,
      tabindex: "0", role: "button", "aria-label": describe(booth), "aria-pressed": String(booth === chosen),
    });
    const [width, height] = [booth.width * CELL, booth.height * CELL];
    make("rect", { x: 1.5, y: 1.5, width: width - 3, height: height - 3, rx: 3 }, node);
    if (booth.is_near_entrance) make("path", { class: "hall-door", d: `M6 ${height - 5}H${width - 6}` }, node);
    const isLong = booth.number.length > 2 + booth.width * 2;
    make("text", { class: isLong ? "hall-number-long" : "hall-number", x: width / 2, y: height / 2 }, node).textContent = booth.number;
    if (booth === chosen) make("rect", { class: "hall-handle", x: width - 11, y: height - 11, width: 12, height: 12, rx: 2 }, node);
    return node;
  };
  const render = () => {
    const focused = layer.contains(document.activeElement);
    layer.replaceChildren(...hall.booths.map(drawBooth));
    field.value = JSON.stringify(hall);
    unsaved.hidden = field.value === saved && !("isUnsaved" in field.dataset);
    removeButton.disabled = !chosen;
    panel.hidden = !chosen;
    none.hidden = Boolean(chosen);
    if (chosen) for (const input of inputs) if (input !== document.activeElement) show(input);
    judge();
    if (focused && chosen) nodeOf(chosen)?.focus({ preventScroll: true });
  };
  const show = (input) => {
    const value = chosen[input.dataset.of];
    if (input.type === "checkbox") input.checked = value;
    else input.value = value;
  };
  const choose = (booth, isFocused = true) => {
    chosen = booth;
    render();
    if (booth && isFocused) nodeOf(booth).focus({ preventScroll: true });
  };

  // ---- changing ----------------------------------------------------------------------------------
  const settings = () => {
    const values = {};
    for (const input of document.querySelectorAll("[data-fill]")) values[input.dataset.fill] = input.value.trim();
    return {
      number: values.first, zone: values.zone || "A", width: Math.max(1, Number(values.width) || 1), height: Math.max(1, Number(values.height) || 1),
      size_m2: Number(values.size_m2) || 9, aisle: clamp(Number(values.aisle) || 0, 0, 5),
    };
  };
  const newBooth = (place) => {
    const last = chosen ?? hall.booths.at(-1);
    const wanted = settings();
    const first = last?.number ?? wanted.number ?? "A01";
    return {
      id: null, number: grid.numberAfter(first, grid.numbersOf(hall)) ?? grid.numberAfter("A01", grid.numbersOf(hall)),
      zone: last?.zone ?? wanted.zone, size_m2: last?.size_m2 ?? wanted.size_m2, power_w: last?.power_w ?? 500,
      is_near_entrance: false, is_blocked: false, column: place.column, row: place.row, width: place.width, height: place.height,
    };
  };
  const add = (place) => {
    const booth = newBooth(place);
    remember();
    hall.booths.push(booth);
    choose(booth);
  };
  const addAnywhere = () => {
    const wanted = settings();
    const place = grid.freePlace(hall, wanted.width, wanted.height) ?? grid.freePlace(hall, 1, 1);
    if (place) add(place);
    else say(words.free, true);
  };
  const fillArea = (area) => {
    const { aisle, ...wanted } = settings();
    if (!grid.numberAfter(wanted.number ?? "", new Set())) return say(words.series, true);
    const pattern = { ...wanted, power_w: 500, is_near_entrance: false, is_blocked: false };
    const added = grid.filled(hall, area, pattern, aisle);
    if (!added.length) return say(words.nothing, true);
    remember();
    hall.booths.push(...added);
    chosen = null;
    render();
    return say(fill(words.filled, { count: added.length }));
  };
  const remove = () => {
    if (!chosen) return;
    if (inUse.has(chosen.id)) {
      say(fill(words.inUse, { a: chosen.number }), true);
      return;
    }
    remember();
    const place = hall.booths.indexOf(chosen);
    hall.booths.splice(place, 1);
    choose(hall.booths[Math.min(place, hall.booths.length - 1)] ?? null);
  };
  const put = (booth, column, row) => {
    booth.column = clamp(column, 0, Math.max(0, hall.columns - booth.width));
    booth.row = clamp(row, 0, Math.max(0, hall.rows - booth.height));
  };
  const stretch = (booth, width, height) => {
    booth.width = clamp(width, 1, Math.max(1, hall.columns - booth.column));
    booth.height = clamp(height, 1, Math.max(1, hall.rows - booth.row));
  };

  // ---- the pointer -------------------------------------------------------------------------------
  const cellAt = (event) => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    return {
      column: clamp(Math.floor(point.x / CELL), 0, hall.columns - 1),
      row: clamp(Math.floor(point.y / CELL), 0, hall.rows - 1),
    };
  };
  const areaOf = (from, to) => ({
    column: Math.min(from.column, to.column), row: Math.min(from.row, to.row),
    width: Math.abs(from.column - to.column) + 1, height: Math.abs(from.row - to.row) + 1,
  });
  const boothAt = (cell) => hall.booths.findLast((booth) => grid.covers(booth, cell.column, cell.row)) ?? null;
  svg.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    const cell = cellAt(event);
    if (tool !== "choose") {
      drag = { kind: tool, from: cell, rubber: make("rect", { class: "hall-rubber" }, svg) };
      event.preventDefault();
    } else {
      const isHandle = event.target.classList.contains("hall-handle");
      const booth = isHandle ? chosen : boothAt(cell);
      if (booth !== chosen) choose(booth);
      if (!booth) return;
      const before = JSON.stringify(hall);
      drag = { kind: isHandle ? "stretch" : "move", booth, before, column: cell.column - booth.column, row: cell.row - booth.row };
      event.preventDefault();
      nodeOf(booth).focus({ preventScroll: true });
    }
    svg.setPointerCapture(event.pointerId);
    if (drag.rubber) trace(cell);
  });
  const trace = (cell) => {
    const area = areaOf(drag.from, cell);
    const box = { x: area.column * CELL, y: area.row * CELL, width: area.width * CELL, height: area.height * CELL };
    for (const [name, value] of Object.entries(box)) drag.rubber.setAttribute(name, value);
  };
  svg.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const cell = cellAt(event);
    if (drag.rubber) return trace(cell);
    if (drag.kind === "move") put(drag.booth, cell.column - drag.column, cell.row - drag.row);
    else stretch(drag.booth, cell.column - drag.booth.column + 1, cell.row - drag.booth.row + 1);
    return render();
  });
  const drop = (event) => {
    if (!drag) return;
    const done = drag;
    drag = null;
    done.rubber?.remove();
    if (event.type === "pointercancel") return;
    if (done.kind === "fill") fillArea(areaOf(done.from, cellAt(event)));
    else if (done.kind === "draw") add(areaOf(done.from, cellAt(event)));
    else if (done.before !== JSON.stringify(hall)) {
      past.push(done.before);
      undoButton.disabled = false;
    }
  };
  svg.addEventListener("pointerup", drop);
  svg.addEventListener("pointercancel", drop);

  // ---- the keys ----------------------------------------------------------------------------------
  const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  layer.addEventListener("focusin", (event) => {
    const booth = hall.booths[[...layer.children].indexOf(event.target.closest(".hall-booth"))];
    if (booth && booth !== chosen && !drag) choose(booth);
  });
  layer.addEventListener("keydown", (event) => {
    if (!chosen) return;
    const arrow = arrows[event.key];
    if (arrow) {
      remember();
      if (event.shiftKey) stretch(chosen, chosen.width + arrow[0], chosen.height + arrow[1]);
      else put(chosen, chosen.column + arrow[0], chosen.row + arrow[1]);
      render();
    } else if (event.key === "Enter" || event.key === " ") document.getElementById("booth-number").select();
    else if (event.key === "Delete" || event.key === "Backspace") remove();
    else if (event.key === "Escape") choose(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  for (const input of inputs) {
    input.addEventListener("change", () => {
      if (!chosen) return;
      remember();
      const of = input.dataset.of;
      if (input.type === "checkbox") chosen[of] = input.checked;
      else if (input.type === "number") chosen[of] = clamp(Math.round(Number(input.value) || 0), Number(input.min), Number(input.max));
      else chosen[of] = input.value.trim();
      render();
      show(input);
    });
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !chosen) return;
      // Leaving the field tells of its change, which draws the booths anew.
      input.blur();
      nodeOf(chosen).focus();
    });
  }

  // ---- the tools ---------------------------------------------------------------------------------
  const tools = [...editor.querySelectorAll("[data-tool]")];
  const take = (name) => {
    tool = name;
    for (const button of tools) button.setAttribute("aria-pressed", String(button.dataset.tool === name));
    editor.classList.toggle("is-drawing", name !== "choose");
  };
  for (const button of tools) button.addEventListener("click", () => take(button.dataset.tool));
  find("add").addEventListener("click", addAnywhere);
  undoButton.addEventListener("click", undo);
  removeButton.addEventListener("click", remove);
  field.form.addEventListener("submit", () => {
    isLeaving = true;
  });
  window.addEventListener("beforeunload", (event) => {
    if (!unsaved.hidden && !isLeaving) event.preventDefault();
  });
  find("tools").hidden = false;
  side.hidden = false;
  find("save").hidden = false;
  render();
})();
