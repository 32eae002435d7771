// The explorer's rows only react to the mouse. This makes them accessible to keyboards and screen readers: each row has
// its role and its checked or expanded state; Enter or Space presses it, and the arrow keys move up and down.

const STEP = { ArrowUp: -1, ArrowDown: 1 };

/** Keeps the rows in `panel` accessible when the explorer redraws them. */
export function withinReach(panel) {
  let pressed = -1;
  const observer = new MutationObserver(() => {
    rowsIn(panel).forEach(describe);
    panel.querySelectorAll("[data-arg-name] :is(input, select)").forEach(nameAfterArgument);
    panel.querySelector(".graphiql-explorer-actions select")?.setAttribute("aria-label", "Operation type");
    panel.querySelector(".graphiql-explorer-actions button")?.setAttribute("aria-label", "Add an operation");
    // a pressed row may have been redrawn, and the focus was lost with the old one
    if (pressed >= 0 && document.activeElement === document.body) rowsIn(panel)[pressed]?.focus();
  });
  observer.observe(panel, { childList: true, subtree: true, attributes: true, attributeFilter: ["style"] });
  panel.addEventListener("focusin", () => (pressed = -1));
  panel.addEventListener("keydown", (event) => {
    const rows = rowsIn(panel);
    const at = rows.indexOf(event.target);
    if (at < 0) return;
    if (event.key in STEP) {
      event.preventDefault();
      rows[at + STEP[event.key]]?.focus();
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      pressed = at;
      event.target.click();
    }
  });
}

function nameAfterArgument(input) {
  input.ariaLabel = input.closest("[data-arg-name]").dataset.argName;
}

function rowsIn(panel) {
  return [...panel.querySelectorAll(".graphiql-explorer-root span")].filter((each) => each.style.cursor === "pointer");
}

function describe(row) {
  const icon = row.querySelector("svg");
  const isArrow = icon?.getAttribute("viewBox") === "0 0 5 8";
  row.tabIndex = 0;
  row.role = icon && !isArrow ? "checkbox" : "button";
  row.ariaExpanded = isArrow ? String(icon.style.transform !== "") : null;
  row.ariaChecked = row.role === "checkbox" ? String(icon.getAttribute("fill") === "currentColor") : null;
}
