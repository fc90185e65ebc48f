/** Whoever is reached: a sentence that sends, tells, or asks somebody. */
const toPeople = [
  /\b(?:re-?)?(?:send|sends|sending|deliver|delivers|dispatch|dispatches)\b[^.;]{0,60}\b(?:e-?mails?|sms|texts?|messages?|notifications?|notices?|invit\w+|letters?|newsletters?|fax(?:es)?|reminders?|alerts?|receipts?|codes?|links?|webhooks?)\b/i,
  /\b(?:notify|notifies|notifying|e-?mails|invites|inviting|reminds|texts|phones)\b/i,
  /\b(?:e-?mails?|sms|messages?|notifications?|invitations?|newsletters?|reminders?|letters?|receipts?)\b[^.;]{0,40}\b(?:sent|delivered|queued|dispatched|triggered|goes out|go out)\b/i,
];

const withMoney = [
  /\b(?:charge|bill|refund|debit|credit|pay|withdraw|transfer|capture|collect|move)(?:s|ing)?\b[^.;]{0,40}\b(?:cards?|customers?|buyers?|accounts?|money|funds?|amounts?|payments?|wallets?|balances?|banks?|payee|beneficiary)\b/i,
  /\b(?:cards?|customers?|buyers?|accounts?|money|funds?|amounts?|payments?|wallets?)\b[^.;]{0,40}\b(?:is|are|will be|gets?|was|were|been)\s+(?:\w+ly\s+)?(?:charged|debited|refunded|transferred|billed|paid|captured|withdrawn)\b/i,
];

const intoTheWorld = [
  /\b(?:publish|deploy|execute|launch|trigger|broadcast)(?:s|es)\b/i,
  /\b(?:goes|go) live\b|\b(?:is|are|will be|gets?) (?:publish|deploy|execut|broadcast)ed\b/i,
  /(?:\band|\bthen|,) (?:publish|deploy|execute|launch|broadcast|notify|send|charge|refund|pay)\b/i,
  /^(?:publish|deploy|execute|launch|trigger|broadcast|send|notify|invite|pay|charge|refund|transfer)\b(?! (?:an? |the |your )?(?:json|body|request|payload|parameters?|headers?|query|data|fields?|object)\b)/i,
];

const ofProcesses = [
  /\b(?:delete|remove|wipe|purge|clear|reset|overwrite|replace|update|disable|revoke|erase|truncate)(?:s|d|es|ed)?\b[^.;]{0,30}\b(?:all|every|everything|entire|whole)\b/i,
  /\b(?:all|every|everything|entire|whole)\b[^.;]{0,40}\b(?:deleted|removed|wiped|purged|cleared|reset|overwritten|replaced|updated|disabled|revoked|erased)\b/i,
  /\b(?:shuts?|shutting|turns?|switch(?:es)?|goes|going|powers?) (?:\w+ ){0,3}(?:down|off|offline)\b/i,
  /\b(?:restarts?|reboots?|shutdown|maintenance mode|read-only mode|factory (?:reset|settings|defaults)|irreversibl[ey])\b/i,
  /^(?:reset|stop|halt|purge|flush|rotate|import|disable|wipe|restore)s?\b/i,
];

const denial = /\b(?:no|not|never|without|nothing|nobody)\b|n['’]t\b/i;
const denialWithin = /\b(?:not|never)\b|n['’]t\b/i;

/**
 * The first sentence that says that something reaches people, money or the outside; undefined where none does. A sentence that
 * denies it says nothing.
 */
export function saidToReachOut(texts: readonly string[]): string | undefined {
  return firstSentence(texts, [...toPeople, ...withMoney, ...intoTheWorld]);
}

/** The first sentence that says that something is done to everything, or to the server itself. */
export function saidToBeProcess(texts: readonly string[]): string | undefined {
  return firstSentence(texts, ofProcesses);
}

function firstSentence(texts: readonly string[], patterns: readonly RegExp[]): string | undefined {
  return texts
    .flatMap((text) => text.split(/(?<=[.!?;])\s+|\n+/))
    .map((sentence) => sentence.trim())
    .find((sentence) => patterns.some((pattern) => isSaid(sentence, pattern)));
}

function isSaid(sentence: string, pattern: RegExp): boolean {
  const found = pattern.exec(sentence);
  if (!found) return false;
  return !denial.test(sentence.slice(0, found.index)) && !denialWithin.test(found[0]);
}
