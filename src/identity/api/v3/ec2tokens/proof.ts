import { type TSchema, Type } from 'typebox';
import { identityErrors } from '../../../errors.ts';

/** The proof that somebody signed something by an EC2 key; its clients have three names for it. */
export function bodyWithProof<Proof extends TSchema>(proof: Proof) {
  return Type.Object({
    credentials: Type.Optional(proof),
    credential: Type.Optional(proof),
    ec2Credentials: Type.Optional(proof),
  });
}

/** @throws ValidationError (400) where none is there. */
export function proofIn<Proof>(body: {
  credentials?: Proof;
  credential?: Proof;
  ec2Credentials?: Proof;
}): Proof {
  const proof = body.credentials ?? body.credential ?? body.ec2Credentials;
  if (!proof) throw identityErrors.invalid({ reason: 'Expecting to find credentials.' });
  return proof;
}
