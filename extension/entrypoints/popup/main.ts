import { mountPopup } from '../../src/popup/mountPopup.tsx';

void mountPopup();
