import { answersBugs } from './bugs/answers.ts';
import { bytesBugs } from './bugs/bytes.ts';
import { signatureBugs } from './bugs/signature.ts';
import { timeBugs } from './bugs/time.ts';
import { workBugs } from './bugs/work.ts';
import { nextSecrets, providerOf, type Subject, secrets } from './providers.ts';
import type { Bug } from './receiver.ts';
import { rightSteps } from './right-steps.ts';
import type { OwnSteps, Steps } from './steps.ts';

/** Every receiver with a bug. */
export const bugs: readonly Bug[] = [
  ...signatureBugs,
  ...bytesBugs,
  ...timeBugs,
  ...workBugs,
  ...answersBugs,
];

/** The subjects of which there is a right receiver. */
export const subjects: readonly Subject[] = [
  'shop-standard-webhooks',
  'shop-stripe',
  'shop-github',
  'hover',
  'apitree',
  'rehive',
];

/** The right receiver of a subject; `rotating` honours the next secret as well. */
export function rightReceiver(subject: Subject, rotating = false): OwnSteps {
  const honoured = rotating ? [secrets[subject], nextSecrets[subject]] : [secrets[subject]];
  return rightSteps(providerOf(subject, honoured));
}

/** The receiver of a bug. */
export function buggyReceiver({ subject, change }: Bug): Steps {
  const right = rightReceiver(subject);
  return { ...right, ...change(right, secrets[subject]) };
}
