import { expect, test } from 'vitest';
import { FIRST_STATE, hashOf, parseHash, type ViewState } from './state.ts';

const FULL: ViewState = {
  view: 'flame',
  side: 'after',
  thread: 2,
  query: 'a&b=</script> #?%',
  window: { startMs: 10.5, endMs: 20.001 },
  own: { zoom: '3/1' },
};

test.each([FULL, FIRST_STATE, { ...FIRST_STATE, view: 'functions' } as const])(
  'what a link says is what it was made from',
  (state) => {
    expect(parseHash(hashOf(state))).toEqual(state);
  },
);

test.each([
  { hash: '', what: 'none' },
  { hash: '#nonsense?side=after', what: 'no view' },
  { hash: '#summary?side=left&thread=-1&from=9&to=3', what: 'values that cannot be' },
  { hash: '#summary?from=NaN&to=Infinity&thread=1e9', what: 'numbers that are none' },
])('$what is the first state', ({ hash }) => {
  expect(parseHash(hash)).toEqual(FIRST_STATE);
});
