import { type Command, Option } from 'commander';
import { collectFlagValues, durationValue, positiveInteger } from '../common/flag-values.ts';

/** Which server, how it is reached, and with whose credentials; what is absent was not given. */
export interface TargetFlags {
  readonly url?: string;
  readonly bearer?: string;
  readonly basic?: string;
  /** `name=value`. */
  readonly apiKey?: readonly string[];
  /** `Name: value`. */
  readonly header?: readonly string[];
  readonly rate?: number;
  /** Milliseconds. */
  readonly timeout?: number;
  readonly proxy?: string;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly insecure?: boolean;
  readonly config?: string;
}

/** Adds the flags that say which server, how it is reached, and with whose credentials. */
export function addTestTargetFlags(command: Command, hasUrl = true): Command {
  command.optionsGroup('To which server:');
  const options = [
    ...(hasUrl
      ? [new Option('--url <url>', 'where the API is served (default: a mock of it, started for the run)')]
      : []),
    new Option('--bearer <token>', 'a bearer token (or SPARRING_TOKEN in the environment)'),
    new Option(
      '--basic <user:password>',
      'for Basic authentication and the password flow of OAuth 2.0 (or SPARRING_BASIC)',
    ),
    new Option(
      '--api-key <name=value>',
      'an API key, by its parameter; may be repeated (or SPARRING_API_KEY, the value alone)',
    ).argParser(collectFlagValues),
    new Option('--header <name: value>', 'a header that lets in; may be repeated').argParser(
      collectFlagValues,
    ),
    new Option('--rate <number>', 'most requests in a second').argParser(positiveInteger),
    new Option('--timeout <duration>', 'for one request (default: 10s)').argParser(durationValue),
    new Option('--proxy <url>', 'reach it through this proxy (or HTTPS_PROXY, HTTP_PROXY; NO_PROXY)'),
    new Option('--ca <file>', 'PEM file of authorities to trust, beside the usual ones'),
    new Option('--cert <file>', 'PEM file of a client certificate'),
    new Option('--key <file>', 'PEM file of its private key'),
    new Option('--insecure', 'take any certificate of the server for good'),
    new Option(
      '-c, --config <file>',
      'configuration whose section "test" has defaults (default: sparring.config.{ts,js,json,yaml})',
    ),
  ];
  for (const option of options) command.addOption(option);
  return command;
}
