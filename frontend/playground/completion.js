// Completes what the explorer leaves empty, so that every click there gives a valid operation: objects get a field, and
// arguments that are required or clicked get a value that exists in the register.
import {
  astFromValue,
  getNamedType,
  getNullableType,
  isEnumType,
  isLeafType,
  isListType,
  isUnionType,
  Kind,
  parse,
  print,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";

import { EXAMPLES, TYPICAL } from "./examples.js";

const LEADING = ["nodes", "node", "label", "name", "text"];
// the explorer prints a fragment with all its fields removed like this; it cannot be parsed
const EMPTY_FRAGMENT = /^(\s*\.\.\. on \w+)$/gm;
const TYPENAME = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: "__typename" } };

/** Returns a list with the field that best identifies an object of this type; empty for types without fields. */
export function leadingField(type) {
  if (isLeafType(type) || isUnionType(type)) return [];
  const fields = type.getFields();
  const names = Object.keys(fields);
  const found = LEADING.find((name) => name in fields) ?? names.find((name) => isLeafType(getNamedType(fields[name].type)));
  return [found ?? names[0]];
}

/** Returns the document with a selection for every object. Text that is not a document is returned unchanged. */
export function withSelections(schema, text) {
  const types = new TypeInfo(schema);
  const fill = (node) => {
    const type = types.getType();
    if (!type || isLeafType(getNamedType(type)) || node.selectionSet?.selections.length) return undefined;
    return { ...node, selectionSet: selectionOf(schema, getNamedType(type)) };
  };
  try {
    return print(visit(parse(text.replace(EMPTY_FRAGMENT, "$1 { __typename }")), visitWithTypeInfo(types, { Field: { enter: fill } })));
  } catch {
    return text;
  }
}

/** Returns the initial value of an argument, as a document node. */
export function exampleValue(field, argument) {
  const type = getNullableType(argument.type);
  const known = EXAMPLES[field.name]?.[argument.name];
  if (known !== undefined) return astFromValue(known, type);
  const named = getNamedType(type);
  if (isEnumType(named)) return { kind: Kind.ENUM, value: named.getValues()[0].name };
  return astFromValue(TYPICAL[named.name] ?? "", isListType(type) ? named : type);
}

function selectionOf(schema, type) {
  return { kind: Kind.SELECTION_SET, selections: isUnionType(type) ? membersOf(schema, type) : leadingField(type).map(named) };
}

/** For a union, returns its type and the leading field of the first interface common to all members. */
function membersOf(schema, union) {
  const [first, ...others] = schema.getPossibleTypes(union);
  const shared = first.getInterfaces().find((each) => others.every((member) => member.getInterfaces().includes(each)));
  if (!shared) return [TYPENAME];
  const typeCondition = { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: shared.name } };
  return [TYPENAME, { kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet: selectionOf(schema, shared) }];
}

function named(name) {
  return { kind: Kind.FIELD, name: { kind: Kind.NAME, value: name } };
}
