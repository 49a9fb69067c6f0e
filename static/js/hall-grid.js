// What a drawing of a hall must fulfil, before it is sent. The server asks the same again.
"use strict";

window.hallGrid = (() => {
  const covers = (booth, column, row) =>
    column >= booth.column && column < booth.column + booth.width && row >= booth.row && row < booth.row + booth.height;

  const meet = (a, b) =>
    a.column < b.column + b.width && b.column < a.column + a.width && a.row < b.row + b.height && b.row < a.row + a.height;

  const isInside = (booth, hall) =>
    booth.column >= 0 && booth.row >= 0 && booth.column + booth.width <= hall.columns && booth.row + booth.height <= hall.rows;

  const isFree = (booth, hall, but = null) =>
    isInside(booth, hall) && hall.booths.every((other) => other === but || !meet(booth, other));

  // The first flaw as { kind, a, b } with the booths it is about, or null.
  const flawOf = (hall) => {
    const seen = new Map();
    for (const [place, booth] of hall.booths.entries()) {
      if (!booth.number) return { kind: "numberMissing", booths: [booth] };
      if (!isInside(booth, hall)) return { kind: "outside", booths: [booth] };
      if (seen.has(booth.number)) return { kind: "twice", booths: [booth, seen.get(booth.number)] };
      seen.set(booth.number, booth);
      const under = hall.booths.slice(0, place).find((other) => meet(booth, other));
      if (under) return { kind: "overlap", booths: [under, booth] };
    }
    return null;
  };

  // A01 → A02, past what is used; null when the number does not end in digits.
  const numberAfter = (first, used) => {
    const found = /^(.*?)(\d{1,6})$/.exec(first.trim());
    if (!found) return null;
    for (let number = Number(found[2]); ; number += 1) {
      const name = found[1] + String(number).padStart(found[2].length, "0");
      if (!used.has(name)) return name;
    }
  };

  const numbersOf = (hall) => new Set(hall.booths.map((booth) => booth.number));

  // The booths that fit into an area, row by row from the left, with an aisle after every two rows.
  const filled = (hall, area, pattern, aisle) => {
    const used = numbersOf(hall);
    const added = [];
    let row = area.row;
    for (let inBlock = 1; row + pattern.height <= area.row + area.height; inBlock += 1) {
      for (let column = area.column; column + pattern.width <= area.column + area.width; column += pattern.width) {
        const booth = { ...pattern, id: null, column, row };
        if (!isFree(booth, hall)) continue;
        booth.number = numberAfter(pattern.number, used);
        used.add(booth.number);
        added.push(booth);
      }
      row += pattern.height + (inBlock % 2 === 0 ? aisle : 0);
    }
    return added;
  };

  // The first place, row by row, where a booth of this extent is free.
  const freePlace = (hall, width, height) => {
    for (let row = 0; row + height <= hall.rows; row += 1) {
      for (let column = 0; column + width <= hall.columns; column += 1) {
        const place = { column, row, width, height };
        if (isFree(place, hall)) return place;
      }
    }
    return null;
  };

  return { covers, filled, flawOf, freePlace, isFree, isInside, meet, numberAfter, numbersOf };
})();
