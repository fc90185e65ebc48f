import { readDuration } from '../duration.ts';
import { isObject, type JsonObject } from '../json/is-object.ts';

// Each reads one kind of value: what it means, or undefined when it is something else.

export function readObject(value: unknown): JsonObject | undefined {
  return isObject(value) ? value : undefined;
}

export function readBoolean(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

export function readInteger(minimum: number, maximum: number): (value: unknown) => number | undefined {
  return (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= minimum && value <= maximum
      ? value
      : undefined;
}

export function readFraction(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 && value <= 1 ? value : undefined;
}

export function readTimeout(value: unknown): number | undefined {
  const duration = readDuration(value);
  return duration === undefined || duration < 1 || duration > 2 ** 31 - 1 ? undefined : duration;
}

export function readSchedule(value: unknown): readonly number[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const delays = value.map(readDuration).filter((delay) => delay !== undefined);
  return delays.length === value.length ? delays : undefined;
}

export function readMethod(value: unknown): string | undefined {
  return typeof value === 'string' && /^(GET|POST|PUT|PATCH|DELETE)$/i.test(value)
    ? value.toUpperCase()
    : undefined;
}

export function readHeaderValue(value: unknown): string | undefined {
  return typeof value === 'string' && !/[\r\n\0]/.test(value) ? value : undefined;
}

export function readOrder(value: unknown): 'ordered' | 'unordered' | undefined {
  return value === 'ordered' || value === 'unordered' ? value : undefined;
}
