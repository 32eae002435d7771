// Browser storage of the tabs, separate from any other GraphiQL on the same host and port.

const PREFIX = `gipfelbuch ${location.pathname} `;

function kept() {
  return Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
}

const memory = {
  getItem: (name) => localStorage.getItem(PREFIX + name),
  setItem: (name, value) => localStorage.setItem(PREFIX + name, value),
  removeItem: (name) => localStorage.removeItem(PREFIX + name),
  clear: () => kept().forEach((name) => localStorage.removeItem(name)),
  get length() {
    return kept().length;
  },
};

/** The storage for GraphiQL; null if the browser allows none, in which case nothing is stored. */
export function allowedMemory() {
  try {
    kept();
    return memory;
  } catch {
    return null;
  }
}

/** Returns the query and variables of the last active tab, or null on a first visit. */
export function lastSeen(storage) {
  try {
    const { tabs, activeTabIndex } = JSON.parse(storage.getItem("graphiql:tabState"));
    const { query, variables } = tabs[activeTabIndex];
    return { query: query ?? "", variables: variables ?? "" };
  } catch {
    return null;
  }
}
