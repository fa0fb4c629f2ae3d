-- The selection rule (DESIGN section 5): a unit is for a reader if, on every
-- axis, the readers it reaches and the values of the handbook meet.
--
-- unit.axis, reader.axis   the id of the axis that is judged ("role")
-- unit.reach               the leaves that the unit and its ancestors leave
-- reader.values            the leaves of the handbook
--
-- Clearance is not judged here: what is above it was taken away in C before,
-- so no rule can see it or let it through.
return each_axis(function(unit, reader)
  if unit.reach:meets(reader.values) then return true end
  return false, "no value of " .. unit.axis .. " in common"
end)
