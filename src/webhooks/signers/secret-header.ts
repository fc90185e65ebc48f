import { headerText } from './header-text.ts';
import { headerNameOption, refuseUnknownOptions, textOption } from './options.ts';
import { sameText } from './same-text.ts';
import { invalid, type Signer, type SignerOptions } from './signer.ts';
import { fillHeaderTemplate } from './template.ts';

function valueFor(secret: string, options: SignerOptions): string {
  return headerText(fillHeaderTemplate(textOption(options, 'template', 'Secret {secret}'), () => secret));
}

function headerOf(options: SignerOptions): string {
  return headerNameOption(options, 'header', 'Authorization');
}

/**
 * The secret itself in a header. Options: `header` (default `Authorization`), `template` (default `Secret {secret}`).
 * Nothing about the body is proven.
 */
export const secretHeaderSigner: Signer = {
  check(options) {
    refuseUnknownOptions(options, ['header', 'template']);
    headerOf(options);
    textOption(options, 'template', '');
  },
  sign({ secrets: [secret] }, options) {
    return secret === undefined ? {} : { [headerOf(options)]: valueFor(secret, options) };
  },
  verify(delivery, options) {
    const header = headerOf(options);
    const received = delivery.headers.get(header.toLowerCase());
    if (received === undefined) return invalid('header-missing', `The header ${header} is missing.`);
    const secretIndex = delivery.secrets.findIndex((secret) => sameText(valueFor(secret, options), received));
    if (secretIndex >= 0) return { valid: true, secretIndex };
    return invalid('signature-mismatch', `The header ${header} does not hold the secret.`);
  },
};
