import { openAppPage } from '../../src/platform/openAppPage.ts';

void openAppPage('extension');
