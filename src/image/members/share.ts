import { limits } from '#base/limits.ts';
import { type Actor, isAdmin } from '#policy/actor.ts';
import type { Allowed } from '#policy/engine.ts';
import type { ImageContext } from '../context.ts';
import { imageErrors } from '../errors.ts';
import { type Image, mayChange } from '../images/image.ts';
import { findImage } from '../images/store.ts';
import type { ImageMember, MemberStatus } from './member.ts';
import { deleteMember, insertMember, listMembers, updateMember } from './store.ts';

/** The owner sees every member, a member only itself; others have no business with the list. */
export async function viewMembers(
  context: ImageContext,
  actor: Actor,
  image: Allowed<Image>,
): Promise<ImageMember[]> {
  const members = await listMembers(context.database.queries, image.id);
  if (mayChange(actor, image)) return members;
  const own = members.filter((member) => member.memberId === actor.projectId);
  if (own.length === 0) throw imageErrors.imageNotFound({ id: image.id });
  return own;
}

export async function viewMember(
  context: ImageContext,
  actor: Actor,
  image: Allowed<Image>,
  memberId: string,
): Promise<ImageMember> {
  const members = await viewMembers(context, actor, image);
  const member = members.find((candidate) => candidate.memberId === memberId);
  if (!member) throw imageErrors.memberNotFound({ imageId: image.id, memberId });
  return member;
}

/** Offers a shared image to another project, which finds it in its lists once it accepted. */
export async function addMember(
  context: ImageContext,
  actor: Actor,
  { id: imageId }: Allowed<Image>,
  memberId: string,
): Promise<ImageMember> {
  const nowMs = context.clock.nowMs();
  const member: ImageMember = {
    imageId,
    memberId,
    status: 'pending',
    createdMs: nowMs,
    updatedMs: nowMs,
  };
  await context.database.transaction(async (tx) => {
    const image = await findImage(tx, imageId);
    if (!image) throw imageErrors.imageNotFound({ id: imageId });
    checkSharing(actor, image);
    if (image.memberIds.includes(memberId)) throw imageErrors.memberExists({ imageId, memberId });
    const attempted = image.memberIds.length + 1;
    const maximum = limits.imageMembers;
    if (attempted > maximum) throw imageErrors.tooMany({ what: 'members', attempted, maximum });
    await insertMember(tx, member);
  });
  return member;
}

export async function removeMember(
  context: ImageContext,
  actor: Actor,
  image: Allowed<Image>,
  memberId: string,
): Promise<void> {
  checkSharing(actor, image);
  const removed = await deleteMember(context.database.queries, image.id, memberId);
  if (!removed) throw imageErrors.memberNotFound({ imageId: image.id, memberId });
}

/** Only the member itself says whether it wants the image in its lists. */
export async function answerOffer(
  context: ImageContext,
  actor: Actor,
  image: Allowed<Image>,
  memberId: string,
  status: MemberStatus,
): Promise<ImageMember> {
  const isOwn = memberId === actor.projectId;
  if (!isOwn && !isAdmin(actor)) {
    await viewMember(context, actor, image, memberId);
    throw imageErrors.notPermitted({ deed: 'modify this image member' });
  }
  const change = { status, updated_ms: context.clock.nowMs() };
  const member = await updateMember(context.database.queries, image.id, memberId, change);
  if (!member) throw imageErrors.memberNotFound({ imageId: image.id, memberId });
  return member;
}

function checkSharing(actor: Actor, image: Image): void {
  if (!mayChange(actor, image)) throw imageErrors.notPermitted({ deed: 'share this image' });
  if (image.visibility !== 'shared') {
    throw imageErrors.notShared({ visibility: image.visibility });
  }
}
