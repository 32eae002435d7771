// The page: GraphiQL with the explorer, on the tabs of a first visit, of the last one, or on that of a link.
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

/** What GraphiQL opens with. Query and variables of the tab in front go in as properties too: left to itself, it
 * takes the variables of the last change that it stored, which may be of another tab, and at first of none. */
function opening(link, last) {
  const tabs = link ? [link, ...TABS] : TABS;
  const { query, variables } = link ?? last ?? tabs[0];
  return { defaultTabs: tabs, query, variables };
}

/** Takes the link out of the address as soon as it no longer is what stands in the editor. */
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
