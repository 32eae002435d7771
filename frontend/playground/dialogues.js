// GraphiQL's dialogues close without returning the focus, so that keyboard users would start from the top again.

/** Returns the focus to the button that opened a dialogue. */
export function givenBack() {
  let opener = null;
  document.addEventListener("click", ({ target }) => (opener = target.closest(".graphiql-sidebar [data-value]") ?? opener));
  new MutationObserver(() => {
    if (document.querySelector("[role=dialog]") || document.activeElement !== document.body) return;
    opener?.focus();
    opener = null;
  }).observe(document.body, { childList: true });
}
