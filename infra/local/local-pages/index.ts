import type { LocalPages } from '../http-api.ts';
import { codesPage } from './codes-page.ts';
import { executionPage } from './execution-page.ts';
import { inboxPage } from './inbox-page.ts';
import type { LocalSystem } from './local-system.ts';
import { machinePage } from './machine-page.ts';
import { overviewPage } from './overview-page.ts';
import { styleSheet } from './style-sheet.ts';
import { tablesPage } from './tables-page.ts';
import { waitsPage } from './waits-page.ts';

/** The pages for whoever runs this machine. A new one is a file here and a line in this list. */
export const lookingPages = (system: LocalSystem): LocalPages[] => [
  styleSheet,
  overviewPage(system),
  machinePage(system),
  executionPage(system),
  waitsPage(system),
  inboxPage(system),
  codesPage(system),
  tablesPage(system),
];
