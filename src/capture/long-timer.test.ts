import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startTimer } from './long-timer.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test.each([1, 1000, 2 ** 31 - 1, 2 ** 31, 5 * 2 ** 31 + 7])(
  '%d ms are waited for, and no longer',
  (delayMs) => {
    const callback = vi.fn();
    startTimer(delayMs, callback);
    vi.advanceTimersByTime(delayMs - 1);
    expect(callback).not.toHaveBeenCalled();
    vi.advanceTimersByTime(2);
    expect(callback).toHaveBeenCalledOnce();
  },
);

test('stopped in its second stretch, it never calls', () => {
  const callback = vi.fn();
  const stop = startTimer(2 ** 32, callback);
  vi.advanceTimersByTime(2 ** 31);
  stop();
  vi.advanceTimersByTime(2 ** 33);
  expect(callback).not.toHaveBeenCalled();
});
