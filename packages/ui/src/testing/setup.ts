import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

// How long a state is waited for: a machine with two busy cores is slow, not wrong.
configure({ asyncUtilTimeout: 10_000 });

// Each test starts from an empty page.
afterEach(cleanup);
