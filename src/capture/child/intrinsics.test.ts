import { expect, test } from 'vitest';
import { Intrinsics } from './intrinsics.ts';

test('what was replaced is the original meanwhile, and what it was made into afterwards', async () => {
  const intrinsics = new Intrinsics();
  const { map } = Array.prototype;
  const broken = () => {
    throw new Error('replaced');
  };
  const { parse } = JSON;
  try {
    Array.prototype.map = broken;
    JSON.parse = broken;
    Object.defineProperty(Map.prototype, 'size', { get: broken, configurable: true });
    const seen = await intrinsics.during(async () => [[1, 2].map(String), JSON.parse('3'), new Map().size]);
    expect(seen).toEqual([['1', '2'], 3, 0]);
    expect(() => new Map().size).toThrow('replaced');
    expect([Array.prototype.map, JSON.parse]).toEqual([broken, broken]);
  } finally {
    Array.prototype.map = map;
    JSON.parse = parse;
    Object.defineProperty(Map.prototype, 'size', SIZE);
  }
});

const SIZE = Object.getOwnPropertyDescriptor(Map.prototype, 'size') ?? {};

test('what was removed is there again, and what was thrown comes through', async () => {
  const intrinsics = new Intrinsics();
  const { trim } = String.prototype;
  try {
    Reflect.deleteProperty(String.prototype, 'trim');
    const failing = intrinsics.during(async () => {
      throw new Error(' why '.trim());
    });
    await expect(failing).rejects.toThrow(/^why$/);
  } finally {
    String.prototype.trim = trim;
  }
});
