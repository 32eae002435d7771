// The explorer. On its own, it inserts objects without a selection and empty strings for arguments.
import { explorerPlugin } from "@graphiql/plugin-explorer";
import { useOperationsEditorState, useOptimisticState, useSchemaStore } from "@graphiql/react";

import { exampleValue, leadingField, withSelections } from "./completion.js";

const ALWAYS = { showAttribution: false, getDefaultFieldNames: leadingField, getDefaultScalarArgValue: exampleValue };

function CompletingExplorer() {
  const { schema } = useSchemaStore();
  const [query, write] = useOptimisticState(useOperationsEditorState());
  return explorerPlugin({ ...ALWAYS, query, onEdit: (text) => write(withSelections(schema, text)) }).content();
}

export const EXPLORER = { ...explorerPlugin(ALWAYS), content: CompletingExplorer };
