import { defineError } from '#base/errors.ts';

/** A row of the published table of IAM's codes. */
function row<Facts = void>(number: number, message: (facts: Facts) => string) {
  const code = `IAM.${number}`;
  return defineError<Facts>({ code, kind: 'bad-request', message });
}

type Count = { count: number };
type Length = { length: number };
type Text = { text: string };

/** What is wrong with a role that is a policy, in the codes and words of Huawei IAM. */
export const documentErrors = {
  roleMissing: row(1000, () => 'The role must be a JSONObject.'),
  nameBlank: row(1001, () => 'The display_name must be a string and cannot be left blank.'),
  nameLong: row<Length>(
    1002,
    ({ length }) => `The length ${length} of the display name exceeds 64 characters.`,
  ),
  nameCharacters: row(1003, () => 'The display_name contains invalid characters.'),
  typeBlank: row(1004, () => 'The type must be a string and cannot be left blank.'),
  hasCatalog: row(1006, () => 'The custom policy does not need a catalog.'),
  hasFlag: row(1007, () => 'The custom policy does not need a flag.'),
  hasName: row(1008, () => 'The custom policy does not need a name.'),
  typeUnknown: row(1009, () => "The type of a custom policy must be 'AX' or 'XA'."),
  description: row(1018, () => 'Invalid description.'),
  descriptionCn: row(1019, () => 'Invalid description_cn.'),
  policyMissing: row(1020, () => 'The policy must be a JSONObject.'),
  policyLong: row<Length>(
    1021,
    ({ length }) => `The size ${length} of the policy exceeds 6,144 characters.`,
  ),
  version: row(1024, () => "The version of a fine-grained policy must be '1.1'."),
  hasDepends: row(1025, () => 'Fine-grained policies do not need depends.'),
  statementsMissing: row(1027, () => 'The Statement must be a JSONArray.'),
  statementCount: row<Count>(
    1028,
    ({ count }) => `The number of statements ${count} must be 1 to 8.`,
  ),
  effect: row(1029, () => "The value of Effect must be 'allow' or 'deny'."),
  actionsMissing: row(1030, () => 'The Action or NotAction must be a JSONArray.'),
  bothActions: row(
    1031,
    () => 'The Action and NotAction cannot be set at the same time in a statement.',
  ),
  actionCount: row<Count>(1033, ({ count }) => `The number of actions ${count} must be 1 to 100.`),
  actionLong: row<Length>(
    1034,
    ({ length }) => `The length ${length} of an action URN exceeds 128 characters.`,
  ),
  actionCharacters: row<Text>(
    1035,
    ({ text }) => `Action URN '${text}' contains invalid characters.`,
  ),
  actionUnknown: row<Text>(1036, ({ text }) => `Action '${text}' has not been registered.`),
  resourceCount: row<Count>(
    1037,
    ({ count }) => `The number of resource URIs ${count} must be 1 to 20.`,
  ),
  oldResource: row<Text>(
    1038,
    ({ text }) => `Resource URI '${text}' is invalid. Old resources only support agencies.`,
  ),
  uriCount: row<Count>(1040, ({ count }) => `The number of resources ${count} must be 1 to 10.`),
  resourceBlank: row(1041, () => 'The resource URI cannot be left blank or contain spaces.'),
  resourceLong: row<Length>(
    1042,
    ({ length }) => `The length ${length} of a resource URI exceeds 1,500 characters.`,
  ),
  regionMissing: row(1043, () => 'A region must be specified.'),
  resourceService: row<Text>(
    1045,
    ({ text }) => `Resource URI '${text}' or its service is invalid.`,
  ),
  resourceType: row<Text & { types: string }>(
    1045,
    ({ text, types }) =>
      `Resource URI '${text}' is invalid: the service has no such type. Types are ${types}.`,
  ),
  resourceElsewhere: row<Text>(
    1045,
    ({ text }) =>
      `Resource URI '${text}' is invalid: no action of the statement is decided for such a thing.`,
  ),
  actionElsewhere: row<Text>(
    1045,
    ({ text }) => `No resource URI of the statement is of a type that action '${text}' is about.`,
  ),
  resourceCharacters: row<Text>(
    1047,
    ({ text }) => `Resource URI '${text}' contains invalid characters.`,
  ),
  resourceMissing: row(1049, () => 'The Resource must be a JSONObject or JSONArray.'),
  conditionCount: row<Count>(
    1050,
    ({ count }) => `The number of conditions ${count} must be 1 to 10.`,
  ),
  operator: row<Text>(1051, ({ text }) => `The values of Operator '${text}' cannot be null.`),
  attribute: row<Text>(1052, ({ text }) => `Invalid Attribute '${text}'.`),
  tagElsewhere: row<Text>(
    1052,
    ({ text }) => `Invalid Attribute '${text}': no action of the statement is about what has tags.`,
  ),
  attributeArray: row<Text>(1053, ({ text }) => `Attribute '${text}' must be a JSONArray.`),
  attributeCount: row<Text & Count>(
    1054,
    ({ text, count }) =>
      `The number ${count} of attributes for operator '${text}' must be 1 to 10.`,
  ),
  attributeKind: row<Text & { operator: string }>(
    1055,
    ({ text, operator }) => `Attribute '${text}' does not match operator '${operator}'.`,
  ),
  valueLength: row<Text & { operator: string }>(
    1056,
    ({ text, operator }) =>
      `The values of attribute '${text}' for operator '${operator}' must be 1 to 10, ` +
      'each of 1 to 1024 characters.',
  ),
  valueCharacters: row<Text>(
    1057,
    ({ text }) => `A value of attribute ${text} contains invalid characters.`,
  ),
  keyUnknown: row<Text>(1059, ({ text }) => `Invalid key '${text}'.`),
  servicesMixed: defineError({
    code: 'IAM.0077',
    kind: 'bad-request',
    message: () =>
      'Invalid policy type: AX is for actions of identity alone, XA for those of projects.',
  }),
};
