import { Route, Routes } from 'react-router-dom';
import { NewRolloutPage } from './NewRolloutPage';
import { RolloutList } from './RolloutList';
import { RolloutPage } from './RolloutPage';

/** All rollouts, and below them one of them and its form. */
export const RolloutsPage = () => (
  <Routes>
    <Route path="/" element={<RolloutList />} />
    <Route path="/new" element={<NewRolloutPage />} />
    <Route path="/:id" element={<RolloutPage />} />
  </Routes>
);
