// What the explorer leaves open is filled in, so that whatever is clicked there can be asked at once: an object is
// asked for a field, and an argument that is required, or clicked, has a value that the register knows.
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
// as the explorer prints a fragment from which everything has been taken; it cannot be parsed
const EMPTY_FRAGMENT = /^(\s*\.\.\. on \w+)$/gm;
const TYPENAME = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: "__typename" } };

/** The name of the field that best tells what an object of this type is, in a list; empty for a type without fields. */
export function leadingField(type) {
  if (isLeafType(type) || isUnionType(type)) return [];
  const fields = type.getFields();
  const names = Object.keys(fields);
  const found = LEADING.find((name) => name in fields) ?? names.find((name) => isLeafType(getNamedType(fields[name].type)));
  return [found ?? names[0]];
}

/** The text of a document in which no object is left without a selection; a text that is none, as it is. */
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

/** The value of an argument to begin with, as a node of the document. */
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

/** Of a union its type, and the leading field of the first interface that all of its members have. */
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
