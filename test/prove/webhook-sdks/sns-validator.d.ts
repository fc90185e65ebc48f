/** The library brings no types of its own. */
declare module 'sns-validator' {
  export default class MessageValidator {
    constructor(hostPattern?: RegExp, encoding?: string);
    validate(message: string, callback: (error: Error | null) => void): void;
  }
}
