import { Route, Routes } from 'react-router-dom';
import { TemplatePage } from './TemplatePage';
import { TemplatesPage } from './TemplatesPage';

/** All golden paths, and below it one of them. */
export const Templates = () => (
  <Routes>
    <Route path="/" element={<TemplatesPage />} />
    <Route path="/:namespace/:name" element={<TemplatePage />} />
  </Routes>
);
