import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { createMock } from 'sparring';
import { describeContract } from 'sparring/vitest';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadDocument } from '../../src/openapi/load/load-document.ts';
import { reachTarget, type TargetSource } from '../../src/vitest/target.ts';

const notes = 'test/contract/notes.yaml';

/** The output of vitest over the test files that are to fail. */
function runBroken(): Promise<string> {
  const root = new URL('../../', import.meta.url);
  const args = ['run', '--config', 'test/vitest/fixtures/vitest.config.ts', '--reporter', 'verbose'];
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, VITEST: undefined };
  return new Promise((resolve) => {
    const vitest = fileURLToPath(new URL('node_modules/vitest/vitest.mjs', root));
    execFile(process.execPath, [vitest, ...args], { cwd: root, env }, (_, stdout, stderr) =>
      resolve(stdout + stderr),
    );
  });
}

describe('describeContract', () => {
  describe('on servers that break their document', () => {
    let output = '';
    beforeAll(async () => {
      output = await runBroken();
    });

    it('fails the test of the rule, and of no other', () => {
      const failed = Array.from(
        output.matchAll(/^ +× .*? > contract of (.*?) > (.*?): /gm),
        ([, , what]) => what,
      );
      const ofNotes = failed.filter((what) => what?.includes('Note'));
      expect(ofNotes).toEqual(['listNotes > response-headers', 'createNote > no-server-error']);
      expect(output).toMatch(/✓ .*listNotes > media-type/);
    });

    it('says what the command line says: place, expected, seen, case and how to see it again', () => {
      expect(output).toMatch(
        /ContractFailure: response-headers: .*\n\n {2}listNotes {2}GET \/notes {2}test\/contract\/notes\.yaml:\d+:\d+\n {4}expected {2}header\/x-total must be .*integer\n {4}seen {6}many\n {4}case {6}listNotes\/examples\/as-documented\n {4}again {5}curl -i -X GET/,
      );
      expect(output).toMatch(/❯ test\/vitest\/fixtures\/broken\.contract\.ts:\d+:1\n/);
      expect(output).toMatch(/❯ reproduce\n +↳ curl -i -X GET/);
    });

    it('shows credentials in no form, wherever the server repeats them, and not with a character changed', () => {
      expect(output).toMatch(/× .*who > response-headers/);
      expect(output).toMatch(/× .*who > authentication-enforced/);
      expect(output).toMatch(/seen {6}….*\n/);
      const token = 'sesame/open+4f1c';
      for (const form of [
        token.slice(0, -1),
        encodeURIComponent(token),
        Buffer.from(token).toString('base64'),
      ])
        expect(output).not.toContain(form);
    });

    it('skips, with the reason, what could not be run or was not shown', () => {
      expect(output).toMatch(/↓ .*readNote > response-schema.*\[not run: createNote was answered 503/);
      expect(output).toMatch(/↓ .*createNote > positive-accepted.*\[no answer showed anything of it\]/);
    });

    it('fails the whole where nobody answers', () => {
      expect(output).toMatch(
        /FAIL .* > contract of hive\nSparringError: http:\/\/127\.0\.0\.1:9 cannot be reached/,
      );
    });
  });

  describe('takes', async () => {
    const options = { only: ['readNote/examples'] };
    const mock = await createMock({ apis: [notes], port: 0 });
    const inProcess = await createMock({ apis: [notes] });
    describe('a URL', () => describeContract(notes, `${mock.url}/notes`, options));
    describe('a mock that listens', () => describeContract(notes, mock, options));
    describe('a mock that does not', () => describeContract(notes, inProcess, options));
    describe('a handler', () => describeContract(notes, mock.app, { ...options, basePath: '/notes' }));
    describe('a server', () =>
      describeContract(notes, createServer(mock.app), { ...options, basePath: '/notes' }));
    describe('a fetch function', () =>
      describeContract(notes, (request: Request) => mock.fetch(request), { ...options, basePath: '/notes' }));
    describe('what has a fetch function, from a function', () => {
      const giver = () => ({ fetch: (request: Request) => mock.fetch(request) });
      describeContract(notes, giver, { ...options, basePath: '/notes' });
    });
  });

  it.each<[string, TargetSource, RegExp]>([
    ['no URL', 'nowhere', /"nowhere" is no URL of a server/],
    ['a mock of another API', () => createMock({ apis: ['hive'] }), /does not serve notes/],
  ])('refuses %s', async (_, target, message) => {
    await expect(reachTarget(target, await loadDocument(notes))).rejects.toThrow(message);
  });
});
