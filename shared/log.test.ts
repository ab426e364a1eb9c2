import { afterEach, describe, expect, it, vi } from 'vitest';
import { addLogFields, log, withLogFields } from './log.ts';

function captureLines(): () => Record<string, unknown>[] {
  const written: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  return () => written.map((line) => JSON.parse(line) as Record<string, unknown>);
}

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

describe('log', () => {
  it('writes one line of JSON with level, message and fields', () => {
    const lines = captureLines();
    log.info('case accepted', { caseId: 'c1', count: 2 });
    expect(lines()).toEqual([
      { timestamp: expect.stringMatching(/Z$/), level: 'INFO', message: 'case accepted', caseId: 'c1', count: 2 },
    ]);
  });

  it.each([
    ['WARN', ['two', 'three']],
    ['ERROR', ['three']],
    ['DEBUG', ['one', 'two', 'three']],
    [undefined, ['one', 'two', 'three']],
  ])('says nothing below the level that the function is configured with: %s', (level, said) => {
    const lines = captureLines();
    vi.stubEnv('AWS_LAMBDA_LOG_LEVEL', level);
    log.info('one');
    log.warn('two');
    log.error('three');
    expect(lines().map(({ message }) => message)).toEqual(said);
  });

  it('adds the fields of what surrounds it, and of nothing else', async () => {
    const lines = captureLines();
    await Promise.all([
      withLogFields({ requestId: 'a' }, async () => {
        await Promise.resolve();
        addLogFields({ caseId: 'c1' });
        log.info('one');
      }),
      withLogFields({ requestId: 'b' }, async () => {
        await Promise.resolve();
        await Promise.resolve();
        log.info('two');
      }),
    ]);
    log.info('three');
    expect(lines()).toMatchObject([{ requestId: 'a', caseId: 'c1' }, { requestId: 'b' }, { message: 'three' }]);
    expect(lines()[1]).not.toHaveProperty('caseId');
    expect(lines()[2]).not.toHaveProperty('requestId');
  });

  it('leaves out the message of a foreign error, which may quote what a person typed', () => {
    const lines = captureLines();
    log.error('failed', { error: new Error('欧阳小明 6222020200112233') });
    expect(JSON.stringify(lines())).not.toMatch(/欧阳|6222/);
    expect(lines()[0]).toMatchObject({ error: { name: 'Error', at: expect.arrayContaining([expect.any(String)]) } });
  });

  it('keeps name, code and message of our own errors, and their cause', () => {
    const lines = captureLines();
    const ours = Object.assign(new Error('fund is empty', { cause: new RangeError('12') }), { code: 'fund-empty' });
    log.error('failed', { error: ours });
    expect(lines()[0]).toMatchObject({
      error: { code: 'fund-empty', message: 'fund is empty', cause: { name: 'RangeError' } },
    });
  });
});
