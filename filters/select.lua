-- The selection rule (DESIGN section 5): a unit is for a reader if, on every
-- axis, what the unit reaches and the values of the reader meet.
--
-- each_axis    judges every axis by itself, and all readers at once, so that
--              neither axes nor handbooks multiply the cost
-- unit.axis    the id of the axis that is judged ("role")
-- unit.reach   the leaves that the unit and its ancestors leave on it
-- readers      the distinct values of the handbooks on it
--
-- Clearance is not judged here: what is above it was taken away in C before,
-- so no rule can see it or let it through.
return each_axis(function(unit, readers)
  return readers:that_meet(unit.reach)
end)
