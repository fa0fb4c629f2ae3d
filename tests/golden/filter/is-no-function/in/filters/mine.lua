return { police = true }
