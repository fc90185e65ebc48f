import { verify as verifyWithOctokit } from '@octokit/webhooks-methods';
import { accepted, type Verify } from './received-request.ts';

/** Octokit's methods: they throw for an empty header or body, and answer false for a wrong signature. */
export const verify: Verify = ({ headers, body }, secret) =>
  accepted(async () => {
    const signature = headers['x-hub-signature-256'] ?? '';
    if (!(await verifyWithOctokit(secret, body.toString('utf8'), signature))) throw new Error('refused');
  });
