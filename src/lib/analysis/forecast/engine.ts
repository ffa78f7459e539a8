/** Goes up whenever the same question may have another answer: answers of an older engine are not used again. (FC18) */
export const ENGINE = 2;
