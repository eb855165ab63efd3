#include "textflag.h"

// One weight row of 16 columns is in Y10 and Y11; row r's sums are in
// Y(2r) and Y(2r+1). ROW adds x[r][k] times the weights to them.
#define ROW(x, low, high) \
	VBROADCASTSS x, Y12         \
	VFMADD231PS  Y10, Y12, low  \
	VFMADD231PS  Y11, Y12, high

// func tileAVX2(dst, x, panel, bias *float32, in, out, then int)
// Requires: AVX2, FMA
TEXT ·tileAVX2(SB), NOSPLIT, $0-56
	MOVQ dst+0(FP), DI
	MOVQ x+8(FP), SI
	MOVQ panel+16(FP), DX
	MOVQ bias+24(FP), BX
	MOVQ in+32(FP), CX
	MOVQ out+40(FP), R9
	MOVQ then+48(FP), AX

	// Bytes between rows, and three times as many.
	MOVQ CX, R8
	SHLQ $2, R8
	SHLQ $2, R9
	LEAQ (R8)(R8*2), R10
	LEAQ (R9)(R9*2), R11

	// Every sum begins with the bias.
	VMOVUPS (BX), Y0
	VMOVUPS 32(BX), Y1
	VMOVAPS Y0, Y2
	VMOVAPS Y1, Y3
	VMOVAPS Y0, Y4
	VMOVAPS Y1, Y5
	VMOVAPS Y0, Y6
	VMOVAPS Y1, Y7
	VMOVAPS Y0, Y8
	VMOVAPS Y1, Y9

loop:
	VMOVUPS (DX), Y10
	VMOVUPS 32(DX), Y11
	ROW((SI), Y0, Y1)
	ROW((SI)(R8*1), Y2, Y3)
	ROW((SI)(R8*2), Y4, Y5)
	ROW((SI)(R10*1), Y6, Y7)
	ROW((SI)(R8*4), Y8, Y9)
	ADDQ $64, DX
	ADDQ $4, SI
	DECQ CX
	JNZ  loop

	CMPQ AX, $1
	JEQ  rectify
	CMPQ AX, $2
	JEQ  add

store:
	VMOVUPS Y0, (DI)
	VMOVUPS Y1, 32(DI)
	VMOVUPS Y2, (DI)(R9*1)
	VMOVUPS Y3, 32(DI)(R9*1)
	VMOVUPS Y4, (DI)(R9*2)
	VMOVUPS Y5, 32(DI)(R9*2)
	VMOVUPS Y6, (DI)(R11*1)
	VMOVUPS Y7, 32(DI)(R11*1)
	VMOVUPS Y8, (DI)(R9*4)
	VMOVUPS Y9, 32(DI)(R9*4)
	VZEROUPPER
	RET

rectify:
	VXORPS Y12, Y12, Y12
	VMAXPS Y12, Y0, Y0
	VMAXPS Y12, Y1, Y1
	VMAXPS Y12, Y2, Y2
	VMAXPS Y12, Y3, Y3
	VMAXPS Y12, Y4, Y4
	VMAXPS Y12, Y5, Y5
	VMAXPS Y12, Y6, Y6
	VMAXPS Y12, Y7, Y7
	VMAXPS Y12, Y8, Y8
	VMAXPS Y12, Y9, Y9
	JMP    store

add:
	VADDPS (DI), Y0, Y0
	VADDPS 32(DI), Y1, Y1
	VADDPS (DI)(R9*1), Y2, Y2
	VADDPS 32(DI)(R9*1), Y3, Y3
	VADDPS (DI)(R9*2), Y4, Y4
	VADDPS 32(DI)(R9*2), Y5, Y5
	VADDPS (DI)(R11*1), Y6, Y6
	VADDPS 32(DI)(R11*1), Y7, Y7
	VADDPS (DI)(R9*4), Y8, Y8
	VADDPS 32(DI)(R9*4), Y9, Y9
	JMP    store
