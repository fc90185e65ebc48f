import { readFile } from 'node:fs/promises';
import { SparringError } from '../../errors.ts';

/** PEM texts of a private key and its certificate. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

const loopbackNames = ['localhost', '*.localhost', '127.0.0.1', '::1'];

/** Reads a key and certificate in PEM. Throws `config-invalid` naming the file that cannot be read, or both that do not match. */
export async function readCertificate(keyFile: string, certFile: string): Promise<Certificate> {
  const [key, cert] = await Promise.all([readPem(keyFile), readPem(certFile)]);
  const { createSecureContext } = await import('node:tls');
  try {
    createSecureContext({ key, cert });
  } catch (cause) {
    throw new SparringError(
      'config-invalid',
      `${keyFile} and ${certFile} are not a private key and its certificate.`,
      {
        next: 'Give the private key as --https-key, without a passphrase, and the certificate made for it as --https-cert.',
        cause,
      },
    );
  }
  return { key, cert };
}

/** Makes a self-signed certificate for this machine's loopback names, valid for a year. It is kept nowhere. */
export async function makeCertificate(host: string, now: Date): Promise<Certificate> {
  const { generate } = await import('selfsigned');
  const names = [...new Set([...loopbackNames, host])];
  const pems = await generate([{ name: 'commonName', value: 'Sparring, local only' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: now,
    notAfterDate: new Date(now.getTime() + 365 * 24 * 3_600_000),
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: names.map(altName) },
    ],
  });
  return { key: pems.private, cert: pems.cert };
}

function altName(name: string): { type: 2; value: string } | { type: 7; ip: string } {
  return /^[\d.]+$|:/.test(name) ? { type: 7, ip: name } : { type: 2, value: name };
}

/** Reads a PEM file. Throws `config-invalid` naming it. */
export async function readPem(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new SparringError('config-invalid', `The file ${file} cannot be read (${cause.code}).`, { cause });
  });
  if (text.includes('-----BEGIN ')) return text;
  throw new SparringError('config-invalid', `The file ${file} is not in PEM format.`, {
    next: 'Give a file that starts with -----BEGIN.',
  });
}
