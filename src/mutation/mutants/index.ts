import { answerBodies } from './answer-bodies.ts';
import { answerHeaders } from './answer-headers.ts';
import { answerMessages } from './answer-messages.ts';
import { authentication } from './authentication.ts';
import { errorAnswers } from './error-answers.ts';
import { lists } from './lists.ts';
import type { MutantOperator } from './mutant.ts';
import { reading } from './reading.ts';
import { refusedWrites } from './refused-writes.ts';
import { state } from './state.ts';
import { validation } from './validation.ts';
import { webhookRecipients } from './webhook-recipients.ts';
import { webhooks } from './webhooks.ts';

/** Every fault that a mutant can have, by family. */
export const operators: readonly MutantOperator[] = [
  ...answerMessages,
  ...answerHeaders,
  ...answerBodies,
  ...errorAnswers,
  ...reading,
  ...validation,
  ...state,
  ...refusedWrites,
  ...lists,
  ...authentication,
  ...webhooks,
  ...webhookRecipients,
];
