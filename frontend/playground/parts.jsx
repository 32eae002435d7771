// Our own components within GraphiQL.
import { ToolbarButton, useEditorContext, useExecutionContext } from "@graphiql/react";
import CodeMirror from "codemirror";
import copy from "copy-to-clipboard";
import { parse } from "graphql";
import { useEffect, useRef, useState } from "react";

import { givenBack } from "./dialogues.js";
import { withinReach } from "./rows.js";
import { linkTo } from "./link.js";
import { pagesFromTop } from "./panel.js";

const SECONDS_TOLD = 4;
const LEAVE = { Tab: false, "Shift-Tab": false };

// screen readers and caret browsing read the text itself, not a hidden field next to it
CodeMirror.defaults.inputStyle = "contenteditable";

/** For keyboards and screen readers: labels the editors and tabs, lets Tab leave the editors, keeps all accessible. */
export function Spoken({ operationName }) {
  const { queryEditor, variableEditor, responseEditor, setOperationName, tabs, activeTabIndex } = useEditorContext();
  useNamed(queryEditor, "Query");
  useNamed(variableEditor, "Variables, as JSON");
  useNamed(responseEditor, "Answer, as JSON");
  useEffect(() => {
    const at = queryEditor && operationName ? startOf(queryEditor.getValue(), operationName) : null;
    if (at === null) return;
    queryEditor.setCursor(queryEditor.posFromIndex(at));
    setOperationName(operationName);
  }, [queryEditor]);
  useEffect(() => {
    const panel = document.querySelector(".graphiql-plugin");
    withinReach(panel);
    pagesFromTop(panel);
    givenBack();
  }, []);
  useEffect(() => speakOfTabs(activeTabIndex), [tabs, activeTabIndex]);
  return null;
}

/** Runs the active operation once the page has loaded, so that a first visit and a link show a response. */
export function FirstAnswer() {
  const { queryEditor, variableEditor, responseEditor } = useEditorContext();
  const { run } = useExecutionContext();
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    if (!queryEditor || !variableEditor || !responseEditor) return undefined;
    // after the operation named in a link is selected
    const timer = setTimeout(() => latest.current());
    return () => clearTimeout(timer);
  }, [queryEditor, variableEditor, responseEditor]);
  return null;
}

/** Returns where an operation starts, or null: Ctrl-Enter runs the operation at the cursor. */
function startOf(query, operationName) {
  try {
    return parse(query).definitions.find(({ name }) => name?.value === operationName)?.loc.start ?? null;
  } catch {
    return null;
  }
}

/** GraphiQL's tabs contain two buttons each, which the tab role forbids: they become a list with a current item. */
function speakOfTabs(activeTabIndex) {
  document.querySelector(".graphiql-tabs").setAttribute("role", "list");
  document.querySelectorAll(".graphiql-tab").forEach((item, index) => {
    item.setAttribute("role", "listitem");
    item.removeAttribute("aria-selected");
    const choose = item.querySelector(".graphiql-tab-button");
    choose.setAttribute("aria-current", String(index === activeTabIndex));
    item.querySelector(".graphiql-tab-close")?.setAttribute("aria-label", `Close ${choose.textContent}`);
  });
}

function useNamed(editor, label) {
  useEffect(() => {
    if (!editor) return;
    editor.addKeyMap(LEAVE);
    editor.setOption("lineWrapping", true);
    editor.setOption("screenReaderLabel", label);
    const field = editor.getInputField();
    field.setAttribute("role", "textbox");
    field.setAttribute("aria-multiline", "true");
    field.setAttribute("aria-readonly", String(Boolean(editor.getOption("readOnly"))));
  }, [editor]);
}

/** Copies a link that opens with the contents of the editors. */
export function CopyLink() {
  const { queryEditor, variableEditor } = useEditorContext();
  const [told, tell] = useState("");
  const onClick = () => {
    const parts = {
      query: queryEditor.getValue(),
      variables: variableEditor.getValue(),
      operationName: queryEditor.operations?.length > 1 ? queryEditor.operationName : null,
    };
    tell(copy(linkTo(location.href, parts)) ? "Link copied." : "");
    setTimeout(() => tell(""), SECONDS_TOLD * 1000);
  };
  return (
    <>
      <ToolbarButton label="Copy a link to this query" onClick={onClick}>
        <LinkIcon />
      </ToolbarButton>
      <span role="status" className="told">
        {told}
      </span>
    </>
  );
}

function LinkIcon() {
  return (
    <svg className="graphiql-toolbar-icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" aria-hidden="true">
      <path d="M10 14 a4 4 0 0 0 6 0 l4 -4 a4 4 0 0 0 -6 -6 l-1.5 1.5" strokeWidth="2" strokeLinecap="round" />
      <path d="M14 10 a4 4 0 0 0 -6 0 l-4 4 a4 4 0 0 0 6 6 l1.5 -1.5" strokeWidth="2" strokeLinecap="round" />
    </svg>
  );
}

/** The name of the page, and a link to the schema as text. */
export function Name() {
  return (
    <div className="name">
      <h1>Gipfelbuch</h1>
      <a href="schema.graphql">Schema</a>
    </div>
  );
}
