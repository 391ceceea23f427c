// The verbs land next.
return 0;
