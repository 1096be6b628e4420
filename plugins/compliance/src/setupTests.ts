import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// A busy machine may take seconds to load what a page needs.
configure({ asyncUtilTimeout: 20_000 });
