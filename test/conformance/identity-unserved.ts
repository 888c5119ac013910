/** Calls of the published identity API that have no answer here. This list may only shrink. */
export interface UnservedCall {
  /** Below `/v3`, parameters as `{}`. */
  path: RegExp;
  /** Absent: all. */
  methods?: readonly string[];
  why: string;
}

const notThere = 'the published document has a method that Keystone answers by 405';

export const unservedCalls: readonly UnservedCall[] = [
  {
    path: /^\/OS-OAUTH1\/|\/OS-OAUTH1\//,
    why: 'OAuth 1.0a: trusts and application credentials delegate instead',
  },
  {
    path: /^\/OS-OAUTH2\/token$/,
    methods: ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'],
    why: notThere,
  },
  { path: /saml2/, why: 'federation is by OIDC only, and nobody is vouched for elsewhere' },
  { path: /websso/, why: 'browsers are not sent to providers; tokens are brought' },
  { path: /^\/(ec2|s3)tokens$/, methods: ['GET', 'HEAD'], why: notThere },
];
