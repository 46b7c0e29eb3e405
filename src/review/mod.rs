//! Looks at a rendered paper as a careful colleague would: leftovers, open marks, figures.
