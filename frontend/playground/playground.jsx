// The page: GraphiQL with the explorer, opened with the tabs of a first visit, of the last visit, or of a link.
import { GraphiQL } from "graphiql";
import { createRoot } from "react-dom/client";

import "graphiql/style.css";
import "@graphiql/plugin-explorer/style.css";
import "./playground.css";

import { ask } from "./ask.js";
import { leadingField } from "./completion.js";
import { EXPLORER } from "./explorer.jsx";
import { linked } from "./link.js";
import { allowedMemory, lastSeen } from "./memory.js";
import { fromTop } from "./panel.js";
import { CopyLink, FirstAnswer, Name, Spoken } from "./parts.jsx";
import { TABS } from "./tabs.js";

const PLUGINS = [EXPLORER];

/** The initial state of GraphiQL. Query and variables of the active tab are also passed as properties: otherwise
 * GraphiQL uses the variables of the last stored change, which may belong to another tab, or at first to none. */
function opening(link, last) {
  const tabs = link ? [link, ...TABS] : TABS;
  const { query, variables } = link ?? last ?? tabs[0];
  return { defaultTabs: tabs, query, variables };
}

/** Removes the link from the URL as soon as it no longer matches the editor. */
function leavingLink(link) {
  return ({ tabs, activeTabIndex }) => {
    if (link && location.search && tabs[activeTabIndex].query !== link.query) {
      history.replaceState(null, "", location.pathname);
    }
  };
}

function Playground({ link, storage, start, answers }) {
  return (
    <GraphiQL
      fetcher={ask}
      storage={storage}
      plugins={PLUGINS}
      getDefaultFieldNames={leadingField}
      defaultEditorToolsVisibility="variables"
      isHeadersEditorEnabled={false}
      shouldPersistHeaders={false}
      inputValueDeprecation
      schemaDescription
      onTogglePluginVisibility={fromTop}
      onTabChange={leavingLink(link)}
      {...start}
    >
      <GraphiQL.Logo>
        <Name />
      </GraphiQL.Logo>
      <GraphiQL.Toolbar>
        {({ prettify, copy, merge }) => (
          <>
            {prettify}
            {merge}
            {copy}
            <CopyLink />
            <Spoken operationName={link?.operationName} />
            {answers && <FirstAnswer />}
          </>
        )}
      </GraphiQL.Toolbar>
    </GraphiQL>
  );
}

const link = linked(location.href);
const storage = allowedMemory();
const last = lastSeen(storage);
const start = opening(link, last);
createRoot(document.getElementById("playground")).render(
  <Playground link={link} storage={storage} start={start} answers={Boolean(link || !last)} />,
);
