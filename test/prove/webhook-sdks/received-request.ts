/** A request as a receiver got it. */
export interface ReceivedRequest {
  /** The whole URL, as the provider was told it. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Whether a request is signed by a secret (or, for key pairs, by the owner of a public key), as the provider's library finds. */
export type Verify = (request: ReceivedRequest, secret: string) => boolean | Promise<boolean>;

/** False where a library throws. */
export async function accepted(verify: () => unknown): Promise<boolean> {
  try {
    await verify();
    return true;
  } catch {
    return false;
  }
}
