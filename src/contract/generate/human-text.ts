/** Names of texts that people write for people, of which a server can ask for nothing but what the document says. */
const forPeople = /name|title|description|label|note|comment|subject|summary/i;
/** Names of which the same word is a part, and that are written for machines. */
const forMachines =
  /(?:user|host|file|domain|event|path|class|type|log_?in|column|field|table|bucket|key|code|display|branch|tag)_?-?name/i;

/** Whether a text of this name may be any words in any script. */
export function isHumanText(name: string): boolean {
  return forPeople.test(name) && !forMachines.test(name);
}

/** Names of what must be less or more than something else that is sent with it. */
const ofPairs =
  /(?:^|[_-])(?:min|max|from|to|start|end|lower|upper|after|before|since|until|day|month)(?:[_-]|$)|^(?:min|max|start|end)[A-Z]|(?:Min|Max|From|To|Start|End)$/;

/** Whether a number of this name may be refused for another one beside it. */
export function isOneOfPair(name: string): boolean {
  return ofPairs.test(name);
}
