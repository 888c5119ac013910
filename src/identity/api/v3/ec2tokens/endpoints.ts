import { createEc2CredentialEndpoint } from '../users/credentials/os-ec2/create-ec2-credential.ts';
import { deleteEc2CredentialEndpoint } from '../users/credentials/os-ec2/delete-ec2-credential.ts';
import { listEc2CredentialsEndpoint } from '../users/credentials/os-ec2/list-ec2-credentials.ts';
import { showEc2Credential } from '../users/credentials/os-ec2/show-ec2-credential.ts';
import { createEc2Token } from './create-ec2-token.ts';

/** Pairs of keys, and what they open. */
export const ec2Endpoints = [
  createEc2CredentialEndpoint,
  deleteEc2CredentialEndpoint,
  listEc2CredentialsEndpoint,
  showEc2Credential,
  createEc2Token,
];
