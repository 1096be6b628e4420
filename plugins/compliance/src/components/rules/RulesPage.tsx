import { Route, Routes } from 'react-router-dom';
import { RuleList } from './RuleList';
import { RulePage } from './RulePage';

/** All rules, and below it one of them. */
export const RulesPage = () => (
  <Routes>
    <Route path="/" element={<RuleList />} />
    <Route path="/:id" element={<RulePage />} />
  </Routes>
);
