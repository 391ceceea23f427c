// Placeholder until the kernel lands.
return 0;
