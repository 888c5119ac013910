import { Type } from 'typebox';
import { endpoint } from '../../endpoint.ts';
import { imageSchema, imagesSchema } from './image-schema.ts';
import { memberSchema, membersSchema } from './member-schema.ts';

function schemaEndpoint(name: string, document: object) {
  return endpoint({
    method: 'GET',
    path: `/schemas/${name}`,
    summary: `Shows the JSON schema of "${name}"`,
    requires: [],
    status: 200,
    response: Type.Object({ name: Type.String(), properties: Type.Unknown() }),
    handle: async () => document,
  });
}

/** GET /v2/schemas/{image,images,member,members} */
export const showImageSchema = schemaEndpoint('image', imageSchema);
export const showImagesSchema = schemaEndpoint('images', imagesSchema);
export const showMemberSchema = schemaEndpoint('member', memberSchema);
export const showMembersSchema = schemaEndpoint('members', membersSchema);
