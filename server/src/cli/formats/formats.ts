import type { Outcome } from '../outcome';
import type { Output } from '../outputs';
import { pretty } from '../pretty';
import { checkstyle } from './checkstyle';
import { compact } from './compact';
import { github } from './github';
import { gitlab } from './gitlab';
import { json } from './json';
import { junit } from './junit';
import { sarif } from './sarif';

export const formats: Readonly<Record<Output['format'], (outcome: Outcome) => string>> = {
  pretty,
  compact,
  json,
  sarif,
  github,
  gitlab,
  junit,
  checkstyle,
};
