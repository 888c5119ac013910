export const memberStatuses = ['pending', 'accepted', 'rejected'] as const;
export type MemberStatus = (typeof memberStatuses)[number];

/** A project with which an image is shared, and what it made of the offer. */
export interface ImageMember {
  imageId: string;
  memberId: string;
  status: MemberStatus;
  createdMs: number;
  updatedMs: number;
}
